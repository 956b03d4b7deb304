import { formatDuration, recordingCountText } from '../text';
import type { TranscriptOptions } from './request';

/**
 * What AssemblyAI asks for what Steno requests, in US dollars an hour: 0.21 for universal-3-5-pro, and 0.02 for telling
 * speakers apart. No extra is known for finding out the language.
 */
export const listPrice = { perHour: 0.23, asOf: 'October 2026' } as const;

/** The server on this machine hears so many seconds in one, with one processor core. */
const localSpeed = 13;

/** Of more recordings whose length nobody knows, who knows what they cost? */
const mostUnknown = 5;

/** How much there is to transcribe, as far as headers tell. */
export interface Extent {
  readonly count: number;
  /** Of those whose length is known. */
  readonly seconds: number;
  /** How many there are whose length is not known. */
  readonly unknown: number;
}

/** The extent of recordings of these durations, in seconds; null where it is not known. */
export function extentOf(durations: readonly (number | null)[]): Extent {
  const known = durations.filter((seconds) => seconds !== null && Number.isFinite(seconds) && seconds > 0);
  return {
    count: durations.length,
    seconds: known.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0),
    unknown: durations.length - known.length,
  };
}

/** Whether it is so much that the user is to be asked first; at 0 minutes, always. */
export function isLong({ seconds, unknown }: Extent, askAboveMinutes: number): boolean {
  return askAboveMinutes === 0 || seconds > 60 * askAboveMinutes || unknown > mostUnknown;
}

/**
 * How much there is and what it will cost: money, or time where the work is done on this machine.
 *
 * @param pricePerHour US dollars, 0 where nobody knows; null on this machine
 * @param hasExtras whether more is asked for than that price is for
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

/** What the price of an hour is for. Whether anything else costs something on top, only the service knows. */
const included: readonly string[] = [
  ...['speech_models', 'speaker_labels', 'speakers_expected', 'speaker_options', 'language_detection'],
  ...['language_code', 'language_detection_options', 'punctuate', 'format_text'],
];

/** Whether options ask for more than the price of an hour is for. */
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
  // Of what is not known, nobody can say that it is little.
  return [extent.unknown > 0 ? rate : `less than $0.01 at ${rate}`];
}

/** With as many digits as a rate needs: `$0.23`, `$0.125`. */
function formatDollars(amount: number, mostDigits = 4): string {
  const digits = Math.max(2, String(Number(amount.toFixed(mostDigits))).replace(/^\d+\.?/, '').length);
  return `$${amount.toFixed(digits)}`;
}
