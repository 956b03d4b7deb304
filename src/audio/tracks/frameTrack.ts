import type { FileHandle } from 'node:fs/promises';
import type { Packet } from './decodePackets';
import { unsupported } from '../sound/soundFailures';
import { parseFrameHeader } from '../codecs/mp3/frameHeader';
import { readHeaderFrame } from '../codecs/mp3/headerFrame';
import { openPacketTrack } from './packetTrack';
import type { Track } from './track';
import { BlockReader } from '../frames/blockReader';
import type { FrameClock } from '../frames/frameClock';
import { FrameIndex } from '../frames/frameIndex';
import { isFreeFormat, longestFreeFrame } from '../frames/freeFormat';
import { readFrames, type Frame } from '../frames/readFrames';
import { skipTags, startOfLastTags } from '../frames/tags';
import { readAt } from '../../node/readRange';

/** Frames from which the bit rate of all is estimated. */
const sampledFrames = 64;

/** Where the sound lies in what is decoded, in seconds. */
interface Timing {
  /** Until it begins. */
  readonly lead: number;
  readonly duration: number | undefined;
  /** Undefined where all that is decoded is sound. */
  readonly end: number | undefined;
  /** Whether the file is as long as it says, or does not say it. */
  readonly isWhole: boolean;
}

/**
 * Opens a file of MPEG audio or ADTS frames, however long, without an index of them.
 *
 * @param file closed with the track
 * @param mostBefore how many bytes other than tags there may be before the first frame
 * @returns undefined when the file is none of these
 * @throws AudioError
 */
export async function openFrameTrack(file: FileHandle, mostBefore: number): Promise<Track | undefined> {
  const newReader = (): BlockReader => new BlockReader((position, length) => readAt(file, position, length));
  const reader = newReader();
  const start = await skipTags(reader, 0);
  const end = await startOfLastTags(reader, (await file.stat()).size);
  const beginning = await take(readFrames(reader, start, end, mostBefore), sampledFrames);
  const [first] = beginning;
  if (!first) {
    if (isFreeFormat(await reader.read(start, longestFreeFrame))) {
      throw unsupported('MP3 in the free format');
    }
    return undefined;
  }
  const { codec, sampleRate } = first.span;
  const { lead, duration, end: endSeconds, isWhole } = timing(first, beginning, end - first.position);
  const index = new FrameIndex(newReader, beginning, end, isWhole);
  return openPacketTrack({
    // How many channels there are, frames tell by themselves.
    sound: { codec, sampleRate, channels: 0, description: undefined },
    durationSeconds: duration,
    endSeconds,
    async *packets(from) {
      const { position, before, clock } =
        from === undefined ? index.beginning : await index.placeBefore(from + lead);
      yield* toPackets(readFrames(newReader(), position, end, 0, before), clock.copy());
    },
    place: ({ timestamp }) => timestamp - lead,
    close: () => file.close(),
  });
}

/** Gives frames their times. Where some are lost, as many empty packets take their place as had room there. */
async function* toPackets(frames: AsyncIterable<Frame>, clock: FrameClock): AsyncGenerator<Packet> {
  for await (const frame of frames) {
    const { span, data } = frame;
    const duration = span.samples / span.sampleRate;
    for (let lost = clock.lostBefore(frame); lost > 0; lost--) {
      yield { data: new Uint8Array(0), timestamp: clock.seconds, duration };
      clock.passLost(span, 1);
    }
    // Files that were glued together have some in the middle, too.
    if (!readHeaderFrame(data)) {
      yield { data, timestamp: clock.seconds, duration };
      clock.pass(span);
    }
  }
}

/** @param bytes from the first frame to the end */
function timing(first: Frame, beginning: readonly Frame[], bytes: number): Timing {
  const { sampleRate } = first.span;
  const header = readHeaderFrame(first.data);
  const lead = (header?.lead ?? 0) / sampleRate;
  if (header?.samples === undefined) {
    return { lead, duration: estimate(beginning, bytes), end: undefined, isWhole: true };
  }
  const told = header.samples / sampleRate;
  const toldBytes = header.bytes ?? bytes;
  // What was cut off, or glued to another file, is not as long as its header says.
  if (Math.abs(bytes - toldBytes) > first.span.bytes) {
    return { lead, duration: (told * bytes) / toldBytes, end: undefined, isWhole: false };
  }
  return { lead, duration: told, end: header.lead === undefined ? undefined : told, isWhole: true };
}

/** @returns undefined where the bit rate is not told */
function estimate(frames: readonly Frame[], bytes: number): number | undefined {
  const bitRates = frames.map(({ data }) => parseFrameHeader(data)?.bitRate ?? 0);
  const mean = bitRates.reduce((sum, bitRate) => sum + bitRate, 0) / bitRates.length;
  return mean > 0 ? (bytes * 8) / mean : undefined;
}

async function take<T>(items: AsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  for await (const item of items) {
    taken.push(item);
    if (taken.length === count) {
      break;
    }
  }
  return taken;
}
