import type { FileHandle } from 'node:fs/promises';
import type { Packet } from './decodePackets';
import { openPacketTrack } from './packetTrack';
import type { Track } from './track';
import { BlockReader } from '../frames/blockReader';
import type { FrameClock } from '../frames/frameClock';
import type { FrameFile } from '../frames/frameFile';
import { readHeaderFrame } from '../frames/headerFrame';
import { readFrames, type Frame } from '../frames/readFrames';

/**
 * Opens a file of MPEG audio or ADTS frames, however long, without an index of them.
 *
 * @param file closed with the track
 * @throws AudioError
 */
export function openFrameTrack(file: FileHandle, frames: FrameFile): Promise<Track> {
  const { first, end, index, leadSeconds, endSeconds, seconds } = frames;
  const { codec, sampleRate } = first.span;
  return openPacketTrack({
    // How many channels there are, frames tell by themselves.
    sound: { codec, sampleRate, channels: 0, description: undefined },
    durationSeconds: seconds,
    endSeconds,
    async *packets(from) {
      const { position, before, clock } =
        from === undefined ? index.beginning : await index.placeBefore(from + leadSeconds);
      yield* toPackets(readFrames(BlockReader.of(file), position, end, 0, before), clock.copy());
    },
    place: ({ timestamp }) => timestamp - leadSeconds,
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
