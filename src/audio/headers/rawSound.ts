import { pcmFormats } from '../codecs/pcm';
import { isAudible } from '../sound/sound';

/** Where in a file uncompressed sound lies, and how it is written. */
export interface RawSound {
  /** Where it begins in the file, in bytes. */
  readonly start: number;
  /** How many bytes it has as the file says, which may be more than there are. */
  readonly bytes: number;
  /** A name of `pcmFormats`, or of a coding that is not decoded. */
  readonly format: string;
  readonly sampleRate: number;
  readonly channels: number;
}

/** What the header of a file says of the sound in it. */
export interface SoundHeader {
  /** Undefined where a part of the header is missing. */
  readonly sound: RawSound | undefined;
  /** How long the sound is; undefined where the header does not say. */
  readonly seconds: number | undefined;
}

/** How many bytes a sample of all channels has; undefined where the sound is compressed, or has no channels. */
function sampleBytes({ format, channels }: RawSound): number | undefined {
  const step = (pcmFormats[format]?.bytes ?? 0) * channels;
  return step > 0 ? step : undefined;
}

/** Where in a file of that size the sound ends. */
export function rawEnd({ start, bytes }: RawSound, fileBytes: number): number {
  return Math.max(start, Math.min(start + bytes, fileBytes));
}

/** How long the sound in a file of that size is, in seconds; undefined where it is compressed, or its rate makes no sense. */
export function rawSeconds(sound: RawSound, fileBytes: number): number | undefined {
  const step = isAudible(sound.sampleRate) ? sampleBytes(sound) : undefined;
  return step && Math.floor((rawEnd(sound, fileBytes) - sound.start) / step) / sound.sampleRate;
}
