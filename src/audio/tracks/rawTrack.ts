import type { FileHandle } from 'node:fs/promises';
import { damaged, unsupported } from '../sound/soundFailures';
import { PcmDecoder, pcmFormats } from '../codecs/pcm';
import type { Piece, Track } from './track';
import { rawEnd, rawSeconds, type RawSound } from '../headers/rawSound';
import { readAt } from '../../node/readRange';

const maxChannels = 255;
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
  if (channels < 1 || channels > maxChannels) {
    throw damaged();
  }
  const fileBytes = (await file.stat()).size;
  const end = rawEnd(sound, fileBytes);
  const step = format.bytes * channels;
  const decoder = new PcmDecoder(format, sampleRate, channels);
  const silence = Array.from({ length: channels }, () => new Float32Array(blockLength));

  async function* decode(from = 0, soundFrom = from): AsyncGenerator<Piece> {
    const blockBytes = blockLength * step;
    const firstBlock = Math.floor((Math.max(0, from) * sampleRate) / blockLength);
    for (let position = start + firstBlock * blockBytes; position < end; position += blockBytes) {
      const at = (position - start) / step / sampleRate;
      if (at + blockLength / sampleRate <= soundFrom) {
        yield { at, channels: silence };
        continue;
      }
      const length = Math.min(blockBytes, end - position);
      const bytes = await readAt(file, position, length);
      yield { at, channels: decoder.decode(bytes) };
      if (bytes.length < length) {
        return;
      }
    }
  }
  return {
    sampleRate,
    channels,
    grain: blockLength,
    durationSeconds: rawSeconds(sound, fileBytes),
    endSeconds: undefined,
    decode,
    close: () => file.close(),
  };
}
