import type { FileHandle } from 'node:fs/promises';
import { damaged, unsupported } from '../sound/soundFailures';
import { PcmDecoder, pcmFormats } from '../codecs/pcm';
import type { Piece, Track } from './track';
import { rawEnd, rawSeconds, type RawSound } from '../headers/rawSound';
import { readAt } from '../../node/readRange';

const mostChannels = 255;
/** Samples of each channel that are read at once. */
const blockLength = 4096;

/** @throws AudioError when the sound is not uncompressed, or the header makes no sense */
export async function openRawTrack(file: FileHandle, sound: RawSound | undefined): Promise<Track> {
  if (!sound) {
    throw damaged();
  }
  const { start, sampleRate, channels } = sound;
  const format = pcmFormats[sound.format];
  if (!format) {
    throw unsupported(`Sound in the coding ${JSON.stringify(sound.format)}`);
  }
  if (channels < 1 || channels > mostChannels) {
    throw damaged();
  }
  const fileBytes = (await file.stat()).size;
  const end = rawEnd(sound, fileBytes);
  const step = format.bytes * channels;
  const decoder = new PcmDecoder(format, sampleRate, channels);

  async function* decode(): AsyncGenerator<Piece> {
    for (let at = start; at < end; at += blockLength * step) {
      const length = Math.min(blockLength * step, end - at);
      const bytes = await readAt(file, at, length);
      yield { at: undefined, channels: decoder.decode(bytes) };
      if (bytes.length < length) {
        return;
      }
    }
  }
  return {
    sampleRate,
    channels,
    durationSeconds: rawSeconds(sound, fileBytes),
    endSeconds: undefined,
    decode,
    close: () => file.close(),
  };
}
