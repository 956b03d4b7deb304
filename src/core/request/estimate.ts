import { formatDuration, recordingCountText } from '../text';
import type { TranscriptOptions } from './request';

/**
 * AssemblyAI's list price for what Steno requests by default, in US dollars per hour: 0.21 for assemblyai-stt-3-7 and
 * 0.02 for telling speakers apart. Detecting the language is not listed as an extra.
 */
export const listPrice = { perHour: 0.23, asOf: 'November 2026' } as const;

/** Seconds of audio that the speech server on this machine transcribes per second, on one processor core. */
const localSpeed = 13;

/** More recordings of unknown length than this count as long. */
const maxUnknown = 5;

/** How much there is to transcribe. */
export interface Extent {
  /** How many recordings. */
  readonly count: number;
  /** Length of those whose length is known. */
  readonly seconds: number;
  /** How many have an unknown length. */
  readonly unknown: number;
}

/** Sums up durations. @param durations in seconds, null for unknown; values that are not positive count as unknown */
export function extentOf(durations: readonly (number | null)[]): Extent {
  const known = durations.filter((seconds) => seconds !== null && Number.isFinite(seconds) && seconds > 0);
  return {
    count: durations.length,
    seconds: known.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0),
    unknown: durations.length - known.length,
  };
}

/**
 * Whether the user has to confirm this much.
 * @param askAboveMinutes the setting `steno.askAboveMinutes`; 0 for always
 */
export function isLong({ seconds, unknown }: Extent, askAboveMinutes: number): boolean {
  return askAboveMinutes === 0 || seconds > 60 * askAboveMinutes || unknown > maxUnknown;
}

/**
 * How much there is and what it costs: money, or time for transcribing on this machine.
 *
 * @param pricePerHour US dollars; 0 to leave the price out; null for this machine
 * @param hasExtras whether options are requested that the price does not include
 */
export function estimateText(extent: Extent, pricePerHour: number | null, hasExtras = false): string {
  const extras = hasExtras && pricePerHour !== null ? ['plus what its options cost'] : [];
  const cost = [...(pricePerHour === null ? timeText(extent) : priceText(extent, pricePerHour)), ...extras];
  const recordings = recordingCountText(extent.count);
  if (isUnknown(extent)) {
    return [`${recordings} of unknown length`, ...cost].join(', ');
  }
  const length = formatDuration(extent.seconds);
  const lengths = extent.unknown === 0 ? length : `at least ${length} (${extent.unknown} of unknown length)`;
  return [recordings, lengths, ...cost].join(', ');
}

/** Parameters that the list price includes. Which others cost extra is not known. */
const included: readonly string[] = [
  ...['speech_models', 'speaker_labels', 'speakers_expected', 'speaker_options', 'language_detection'],
  ...['language_code', 'language_detection_options', 'punctuate', 'format_text'],
];

/** Whether there are options that the list price does not include. */
export function hasExtras(options: TranscriptOptions): boolean {
  return Object.keys(options).some((name) => !included.includes(name));
}

const isUnknown = ({ count, unknown }: Extent): boolean => unknown === count;

const about = ({ unknown }: Extent): string => (unknown === 0 ? 'about' : 'at least');

function timeText(extent: Extent): readonly string[] {
  const minutes = Math.ceil(extent.seconds / localSpeed / 60);
  return isUnknown(extent) ? [] : [`${about(extent)} ${formatDuration(60 * minutes)} on this machine`];
}

function priceText(extent: Extent, perHour: number): readonly string[] {
  if (perHour === 0) {
    return [];
  }
  const source =
    perHour === listPrice.perHour ? `AssemblyAI’s list price of ${listPrice.asOf}` : 'steno.pricePerHour';
  const rate = `${formatDollars(perHour)} an hour (${source})`;
  const price = (extent.seconds / 3600) * perHour;
  if (price >= 0.01) {
    return [`${about(extent)} ${formatDollars(price, 2)} at ${rate}`];
  }
  // The price of recordings of unknown length may not be small.
  return [extent.unknown > 0 ? rate : `less than $0.01 at ${rate}`];
}

/** Two decimals or as many as the amount has: `$0.23`, `$0.125`. */
function formatDollars(amount: number, maxDigits = 4): string {
  const digits = Math.max(2, String(Number(amount.toFixed(maxDigits))).replace(/^\d+\.?/, '').length);
  return `$${amount.toFixed(digits)}`;
}
