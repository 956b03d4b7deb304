import type { FileHandle } from 'node:fs/promises';
import { bisect } from '../frames/bisect';
import { BlockReader } from '../frames/blockReader';
import type { FlacFile } from '../frames/flacFile';
import { findFlacFrame, readFlacFrames, type FlacFrame, type FlacStream } from '../frames/flacFrames';
import type { Packet } from './decodePackets';
import { openPacketTrack } from './packetTrack';
import type { Track } from './track';

/** No more frames are counted as lost; a damaged number may say that years are missing. */
const maxLostFrames = 2 ** 12;

/**
 * Opens a FLAC file. Each frame says which samples it holds, so a search finds the frame of a second, and no seek table is needed.
 *
 * @param file closed with the track
 * @throws AudioError
 */
export function openFlacTrack(file: FileHandle, flac: FlacFile): Promise<Track> {
  const { stream, description, first, seconds } = flac;
  const { sampleRate, channels } = stream.info;
  return openPacketTrack({
    sound: { codec: 'flac', sampleRate, channels, description },
    durationSeconds: seconds,
    endSeconds: undefined,
    async *packets(from) {
      const reader = BlockReader.of(file);
      const place =
        from === undefined
          ? first.position
          : await placeBefore(BlockReader.of(file), stream, from + first.sample / sampleRate);
      let lostLeft = maxLostFrames;
      for await (const frame of readFlacFrames(reader, stream, place)) {
        const lost = Math.min(lostLeft, Math.ceil(frame.lostSamples / frame.header.blockSize));
        lostLeft -= lost;
        yield* toPackets(frame, lost, sampleRate, first.sample);
      }
    },
    place: ({ timestamp }) => timestamp,
    close: () => file.close(),
  });
}

/** @returns where a frame begins that is not later than that second */
async function placeBefore(reader: BlockReader, stream: FlacStream, seconds: number): Promise<number> {
  const next = async (from: number, to: number) => {
    const place = await findFlacFrame(reader, stream, from, to);
    return place && { position: place.position, time: place.sample };
  };
  return (
    (await bisect(next, seconds * stream.info.sampleRate, stream.start, stream.end))?.position ?? stream.start
  );
}

/**
 * @param lost how many empty packets stand for what is lost in front of the frame
 * @param origin the number of the first sample; it is not 0 in a file that was cut out of another
 */
function* toPackets(
  { data, sample, header }: FlacFrame,
  lost: number,
  sampleRate: number,
  origin: number,
): Generator<Packet> {
  const duration = header.blockSize / sampleRate;
  const timestamp = (sample - origin) / sampleRate;
  for (let left = lost; left > 0; left--) {
    yield { data: new Uint8Array(0), timestamp: timestamp - left * duration, duration };
  }
  yield { data, timestamp, duration };
}
