import { openRecording, type Recording } from './openRecording';
import { damaged, isSystemError, notAudio, tooShort, unsupported } from './sound/soundFailures';
import { openFlacTrack } from './tracks/flacTrack';
import { openFrameTrack } from './tracks/frameTrack';
import { openMediaTrack } from './tracks/mediaTrack';
import { openRawTrack } from './tracks/rawTrack';
import { placeBefore, Resampler } from './sound/resampler';
import { AudioError, isAudible, sampleRate, type Sound } from './sound/sound';
import { Placement, spanAt, spanStart } from './tracks/placement';
import { onTimeline } from './tracks/timeline';
import type { Track } from './tracks/track';

/** Of a channel's power, so much is left in the mean of all, even where they have nothing in common. */
const leastKept = 0.01;
/** Encoders add less than this to fill up their last packets. */
const maxPaddingSeconds = 1;
/** Shorter recordings are refused, as by the API: 160 ms. */
const shortest = 0.16 * sampleRate;
/** Longer than any piece, and than any step back between the times of two pieces that follow each other. */
const longestPieceSeconds = 2;
/** More than a piece is ever moved from the place that its time says. */
const maxAsideSeconds = 0.1;

/**
 * Opens a recording by what is in it, whatever its name says. A recording that is cut off is decoded as far as it goes,
 * and damaged stretches become silence.
 *
 * @throws AudioError when there is no sound in it that can be decoded; what the disk reports as it is
 */
export async function openSound(path: string): Promise<Sound> {
  let recording: Recording | undefined;
  try {
    recording = await openRecording(path);
    const track = await openTrack(recording);
    if (!isAudible(track.sampleRate)) {
      throw damaged();
    }
    const sound = new DecodedSound(track, recording.maxSeconds);
    await sound.requireSound();
    return sound;
  } catch (thrown) {
    await recording?.close();
    if (thrown instanceof AudioError || isSystemError(thrown)) {
      throw thrown;
    }
    throw damaged({ cause: thrown });
  }
}

async function openTrack({ file, contents, seconds }: Recording): Promise<Track> {
  switch (contents.kind) {
    case 'raw':
      return openRawTrack(file, contents.sound);
    case 'frames':
      return openFrameTrack(file, contents.frames);
    case 'flac':
      return openFlacTrack(file, contents.flac);
    case 'container': {
      const { container, endSeconds } = contents;
      return openMediaTrack(container, file, { durationSeconds: seconds, endSeconds });
    }
    case 'unsupported':
      throw unsupported(contents.name);
    case 'notSound':
      throw notAudio(contents.fileType);
  }
}

class DecodedSound implements Sound {
  readonly channels: number;
  readonly durationSeconds: number | undefined;
  /** The place of the first piece in the row, in samples of the track; undefined before anything is decoded. */
  private origin: number | undefined;
  /** Whether a reader has seen times start anew; if so, no piece can be found by its time. */
  private hasRestarted = false;

  /** @param maxSeconds how long it can be */
  constructor(
    private readonly track: Track,
    private readonly maxSeconds: number,
  ) {
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
    const row = this.row(begin.input, pick);
    const blocks = upTo(end - begin.input, maxPaddingSeconds * track.sampleRate, row);
    let early = wanted - begin.output;
    for await (const block of blocks) {
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
    const placement = new Placement(track.sampleRate, track.grain, soFar, this.maxSeconds);
    const readFrom = soFar ? spanStart(span) - longestPieceSeconds : 0;
    const pieces = track.decode(readFrom, needsAll ? undefined : seconds - maxAsideSeconds);
    try {
      yield* onTimeline(pieces, placement, pick, from);
    } finally {
      this.origin ??= placement.origin;
      this.hasRestarted ||= placement.hasRestarted;
    }
  }
}

/**
 * Leaves out what follows the sound.
 *
 * @param length of the sound, in samples
 * @param maxPadding where so many samples or more follow, the length was wrong, and all of them are sound
 */
async function* upTo(
  length: number,
  maxPadding: number,
  blocks: AsyncIterable<Float32Array>,
): AsyncGenerator<Float32Array> {
  let left = length;
  let padding: Float32Array[] = [];
  for await (const block of blocks) {
    const inside = Math.min(block.length, Math.max(0, left));
    left -= block.length;
    if (inside > 0) {
      yield block.subarray(0, inside);
    }
    if (inside < block.length) {
      padding.push(block.subarray(inside));
    }
    if (left <= -maxPadding) {
      yield* padding;
      padding = [];
      left = Infinity;
    }
  }
}

/** The mean of all channels or, where they cancel each other because one is inverted, the first. */
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
  return power(sum) < power(first) * leastKept ? first : sum;
}

function power(samples: Float32Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0);
}

function only(channels: readonly Float32Array[], channel: number): Float32Array {
  const samples = channels[channel];
  if (!samples) {
    throw new RangeError(`There is no channel ${channel}.`);
  }
  return samples;
}
