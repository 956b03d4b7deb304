import type { FileHandle } from 'node:fs/promises';
import { openPacketTrack } from './packetTrack';
import type { Track } from './track';
import { frameReader, type FrameFile } from '../frames/frameFile';
import { readFrames } from '../frames/readFrames';
import { timedFrames } from '../frames/timedFrames';

/**
 * Opens a file of MPEG audio or ADTS frames, however long, without an index of them.
 *
 * @param file closed with the track
 * @throws AudioError
 */
export function openFrameTrack(file: FileHandle, frames: FrameFile): Promise<Track> {
  const { first, end, leadSeconds, endSeconds, seconds } = frames;
  const { codec, sampleRate } = first.span;
  return openPacketTrack({
    // How many channels there are, frames tell by themselves.
    sound: { codec, sampleRate, channels: 0, description: undefined },
    durationSeconds: seconds,
    endSeconds,
    packets: () => timedFrames(readFrames(frameReader(file), first.position, end)),
    place: ({ timestamp }) => timestamp - leadSeconds,
    close: () => file.close(),
  });
}
