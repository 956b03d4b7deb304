import { openRecording, type Recording } from './openRecording';
import { damaged, isSystemError, notAudio, tooShort, unsupported } from './sound/soundFailures';
import { openFrameTrack } from './tracks/frameTrack';
import { openMediaTrack } from './tracks/mediaTrack';
import { openRawTrack } from './tracks/rawTrack';
import { Resampler } from './sound/resampler';
import { AudioError, sampleRate, type Sound } from './sound/sound';
import { onTimeline } from './tracks/timeline';
import type { Track } from './tracks/track';

/** Lowest and highest rate of any file that is meant to be heard; they bound the work of changing it. */
const lowestRate = 1000;
const highestRate = 384_000;
/** Encoders add less than this to fill up their last packets. */
const mostPaddingSeconds = 1;
/** Shorter recordings are refused, as by the API: 160 ms. */
const shortest = 0.16 * sampleRate;

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
    if (!(track.sampleRate >= lowestRate && track.sampleRate <= highestRate)) {
      throw damaged();
    }
    const sound = new DecodedSound(track);
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

  constructor(private readonly track: Track) {
    this.channels = track.channels;
    this.durationSeconds = track.durationSeconds;
  }

  async *samples(channel: number | 'mix'): AsyncGenerator<Float32Array> {
    const { track } = this;
    const pick = channel === 'mix' ? mean : (channels: readonly Float32Array[]) => only(channels, channel);
    const resampler = new Resampler(track.sampleRate, sampleRate);
    const blocks = onTimeline(track.decode(), track.sampleRate, pick);
    const end = track.endSeconds === undefined ? Infinity : Math.round(track.endSeconds * track.sampleRate);
    for await (const block of upTo(end, mostPaddingSeconds * track.sampleRate, blocks)) {
      yield resampler.push(block);
    }
    yield resampler.finish();
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
}

/**
 * Leaves out what follows the sound.
 *
 * @param length of the sound, in samples
 * @param mostPadding where so many samples or more follow, the length was wrong, and all of them are sound
 */
async function* upTo(
  length: number,
  mostPadding: number,
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
    if (left <= -mostPadding) {
      yield* padding;
      padding = [];
      left = Infinity;
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
