import type { FileHandle } from 'node:fs/promises';
import { bisect } from '../frames/bisect';
import { BlockReader } from '../frames/blockReader';
import type { FlacFile } from '../frames/flacFile';
import { findFlacFrame, readFlacFrames, type FlacFrame, type FlacStream } from '../frames/flacFrames';
import type { Packet } from './decodePackets';
import { openPacketTrack } from './packetTrack';
import type { Track } from './track';

/**
 * Opens a FLAC file. Frames say themselves which samples they hold, so one in the middle is found by a search; a seek table, if
 * there is one, is not needed.
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
      for await (const frame of readFlacFrames(reader, stream, place)) {
        yield* toPackets(frame, sampleRate, first.sample);
      }
    },
    place: ({ timestamp }) => timestamp,
    close: () => file.close(),
  });
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
