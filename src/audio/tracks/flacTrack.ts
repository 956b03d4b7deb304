import type { FileHandle } from 'node:fs/promises';
import { readStreamInfo } from '../codecs/flac/streamInfo';
import { bisect } from '../frames/bisect';
import { BlockReader } from '../frames/blockReader';
import { findFlacFrame, readFlacFrames, type FlacFrame, type FlacStream } from '../frames/flacFrames';
import { skipTags, startOfLastTags } from '../frames/tags';
import { damaged } from '../sound/soundFailures';
import { readAt } from '../../node/readRange';
import type { Packet } from './decodePackets';
import { openPacketTrack } from './packetTrack';
import type { Track } from './track';

const streamInfoBytes = 34;
/** More blocks than any file has before its sound. */
const mostBlocks = 1000;

/**
 * Opens a FLAC file. Frames say themselves which samples they hold, so one in the middle is found by a search; a seek table, if
 * there is one, is not needed.
 *
 * @param file closed with the track
 * @returns undefined when the file is none of these
 * @throws AudioError
 */
export async function openFlacTrack(file: FileHandle): Promise<Track | undefined> {
  const newReader = (): BlockReader => new BlockReader((position, length) => readAt(file, position, length));
  const reader = newReader();
  const start = await skipTags(reader, 0);
  if (Buffer.from(await reader.read(start, 4)).toString('latin1') !== 'fLaC') {
    return undefined;
  }
  const description = Buffer.from(await reader.read(start, 8 + streamInfoBytes));
  const info = readStreamInfo(description);
  const stream: FlacStream = {
    info,
    start: await framesStart(reader, start + 4),
    end: await startOfLastTags(reader, (await file.stat()).size),
  };
  const { sampleRate, channels, totalSamples } = info;
  const first = await findFlacFrame(reader, stream, stream.start, stream.end);
  if (!first) {
    throw damaged();
  }
  return openPacketTrack({
    sound: { codec: 'flac', sampleRate, channels, description },
    durationSeconds: totalSamples > 0 ? totalSamples / sampleRate : undefined,
    endSeconds: undefined,
    async *packets(from) {
      const place =
        from === undefined
          ? first.position
          : await placeBefore(newReader(), stream, from + first.sample / sampleRate);
      for await (const frame of readFlacFrames(newReader(), stream, place)) {
        yield* toPackets(frame, sampleRate, first.sample);
      }
    },
    place: ({ timestamp }) => timestamp,
    close: () => file.close(),
  });
}

/** @param position behind the signature, where blocks of metadata begin. RFC 9639, section 8.1 */
async function framesStart(reader: BlockReader, position: number): Promise<number> {
  let at = position;
  for (let block = 0; block < mostBlocks; block++) {
    const header = Buffer.from(await reader.read(at, 4));
    if (header.length < 4) {
      break;
    }
    at += 4 + header.readUIntBE(1, 3);
    if (header.readUInt8(0) >= 0x80) {
      return at;
    }
  }
  throw damaged();
}

/** @returns where a frame begins that holds an earlier sample */
async function placeBefore(reader: BlockReader, stream: FlacStream, seconds: number): Promise<number> {
  const next = async (from: number, to: number) => {
    const place = await findFlacFrame(reader, stream, from, to);
    return place && { position: place.position, time: place.sample };
  };
  return (
    (await bisect(next, seconds * stream.info.sampleRate, stream.start, stream.end))?.position ?? stream.start
  );
}

/** @param origin the first sample of the file, which was cut out of another where it is not 0 */
function* toPackets(frame: FlacFrame, sampleRate: number, origin: number): Generator<Packet> {
  const { data, sample, lostSamples, header } = frame;
  const duration = header.blockSize / sampleRate;
  // As many empty packets as were lost.
  for (let left = lostSamples; left > 0; left -= header.blockSize) {
    yield { data: new Uint8Array(0), timestamp: (sample - left - origin) / sampleRate, duration };
  }
  yield { data, timestamp: (sample - origin) / sampleRate, duration };
}
