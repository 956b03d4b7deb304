import { open, type FileHandle } from 'node:fs/promises';
import { isAiff, readAiff } from './tracks/aiff';
import { readAu } from './tracks/au';
import { codecName } from './codecs/codecs';
import { damaged, isSystemError, notAudio, tooShort, unsupported } from './sound/soundFailures';
import { fileType, unreadableSound, unreadableWavCodec } from './headers/fileType';
import { openFlacTrack } from './tracks/flacTrack';
import { openFrameTrack } from './tracks/frameTrack';
import { openMediaTrack } from './tracks/mediaTrack';
import { openRawTrack } from './tracks/rawTrack';
import { placeBefore, Resampler } from './sound/resampler';
import { AudioError, sampleRate, type Sound } from './sound/sound';
import { Placement, spanAt, spanStart } from './tracks/placement';
import { onTimeline } from './tracks/timeline';
import type { Track } from './tracks/track';
import { readAt } from '../node/readRange';

/** Enough to tell a file by. */
const headBytes = 4096;
/** Files that were cut out of others begin in the middle of a frame, and some have a tag that is longer than it says. */
const mostBeforeFrames = 2 ** 16;
/** Lowest and highest rate of any file that is meant to be heard; they bound the work of changing it. */
const lowestRate = 1000;
const highestRate = 384_000;
/** Shorter recordings are refused, as by the API: 160 ms. */
const shortest = 0.16 * sampleRate;
/** No piece is longer than this, nor do times of pieces that follow on each other go back by more. */
const longestPieceSeconds = 2;
/** A piece may lie so much later or earlier than it says, and more. */
const mostAsideSeconds = 0.1;

/**
 * Opens a recording by what is in it, whatever its name says. A recording that is cut off is decoded as far as it goes,
 * and damaged stretches become silence.
 *
 * @throws AudioError when there is no sound in it that can be decoded; what the disk reports as it is
 */
export async function openSound(path: string): Promise<Sound> {
  const file = await open(path);
  try {
    const track = await openTrack(path, file);
    if (!(track.sampleRate >= lowestRate && track.sampleRate <= highestRate)) {
      throw damaged();
    }
    const sound = new DecodedSound(track);
    await sound.requireSound();
    return sound;
  } catch (thrown) {
    await file.close();
    if (thrown instanceof AudioError || isSystemError(thrown)) {
      throw thrown;
    }
    throw damaged({ cause: thrown });
  }
}

async function openTrack(path: string, file: FileHandle): Promise<Track> {
  const head = await readAt(file, 0, headBytes);
  if (isAiff(head)) {
    return openRawTrack(file, await readAiff(file));
  }
  const au = readAu(head);
  if (au) {
    return openRawTrack(file, au);
  }
  const unreadable = unreadableSound(head);
  if (unreadable) {
    throw unsupported(unreadable);
  }
  const wavCodec = unreadableWavCodec(head);
  if (wavCodec !== undefined) {
    throw unsupported(codecName(`WAV ${wavCodec}`));
  }
  // Frames are no signature: what begins with them is nothing else, but elsewhere in a file they may be part of it.
  const track =
    (await openFrameTrack(file, 0)) ?? (await openFlacTrack(file)) ?? (await openMediaTrack(path, file));
  if (track) {
    return track;
  }
  const type = fileType(head);
  const cut = type === 'unknown' ? await openFrameTrack(file, mostBeforeFrames) : undefined;
  if (!cut) {
    throw notAudio(type);
  }
  return cut;
}

class DecodedSound implements Sound {
  readonly channels: number;
  readonly durationSeconds: number | undefined;
  /** Where the first piece lies in the row, in samples of the track; undefined before anything is decoded. */
  private origin: number | undefined;
  /** Whether times of the file started anew somewhere; then nothing can be found by its time. */
  private hasRestarted = false;

  constructor(private readonly track: Track) {
    this.channels = track.channels;
    this.durationSeconds = track.durationSeconds;
  }

  async *samples(channel: number | 'mix', fromSeconds = 0): AsyncGenerator<Float32Array> {
    const { track } = this;
    const pick = channel === 'mix' ? mean : (channels: readonly Float32Array[]) => only(channels, channel);
    const wanted = Math.round(Math.max(0, fromSeconds) * sampleRate);
    const begin = placeBefore(wanted, track.sampleRate, sampleRate);
    const end = track.endSeconds === undefined ? Infinity : Math.round(track.endSeconds * track.sampleRate);
    const resampler = new Resampler(track.sampleRate, sampleRate);
    let early = wanted - begin.output;
    for await (const block of upTo(end - begin.input, this.row(begin.input, pick))) {
      const output = resampler.push(block);
      yield output.subarray(early);
      early -= Math.min(early, output.length);
    }
    yield resampler.finish().subarray(early);
  }

  close(): Promise<void> {
    return this.track.close();
  }

  /** Decodes just enough to know that there is something. */
  async requireSound(): Promise<void> {
    let length = 0;
    for await (const block of this.samples('mix')) {
      length += block.length;
      if (length >= shortest) {
        return;
      }
    }
    throw tooShort();
  }

  /** The samples of the track from one of them on, on their timeline. */
  private async *row(
    from: number,
    pick: (channels: readonly Float32Array[]) => Float32Array,
  ): AsyncGenerator<Float32Array> {
    const { track } = this;
    const seconds = from / track.sampleRate;
    const span = spanAt(seconds - longestPieceSeconds);
    const needsAll = from === 0 || this.hasRestarted;
    const soFar =
      needsAll || span === 0 || this.origin === undefined ? undefined : { origin: this.origin, span };
    const placement = new Placement(track.sampleRate, track.grain, soFar);
    const readFrom = soFar ? spanStart(span) - longestPieceSeconds : 0;
    const pieces = track.decode(readFrom, needsAll ? undefined : seconds - mostAsideSeconds);
    try {
      yield* onTimeline(pieces, placement, pick, from);
    } finally {
      this.origin ??= placement.origin;
      this.hasRestarted ||= placement.hasRestarted;
    }
  }
}

/** @param length of all blocks together, at the most */
async function* upTo(length: number, blocks: AsyncIterable<Float32Array>): AsyncGenerator<Float32Array> {
  let left = length;
  if (left <= 0) {
    return;
  }
  for await (const block of blocks) {
    yield block.subarray(0, left);
    left -= block.length;
    if (left <= 0) {
      return;
    }
  }
}

function mean(channels: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(0), ...others] = channels;
  if (others.length === 0) {
    return first;
  }
  const sum = first.slice();
  for (const channel of others) {
    for (let i = 0; i < sum.length; i++) {
      sum[i] = (sum[i] ?? 0) + (channel[i] ?? 0);
    }
  }
  for (let i = 0; i < sum.length; i++) {
    sum[i] = (sum[i] ?? 0) / channels.length;
  }
  return sum;
}

function only(channels: readonly Float32Array[], channel: number): Float32Array {
  const samples = channels[channel];
  if (!samples) {
    throw new RangeError(`There is no channel ${channel}.`);
  }
  return samples;
}
