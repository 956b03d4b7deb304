import { pcmFormats } from '../codecs/pcm';

/** Where in a file uncompressed sound lies, and how it is written. */
export interface RawSound {
  /** Where it begins in the file, in bytes. */
  readonly start: number;
  /** As the file says, which may be more than there is. */
  readonly bytes: number;
  /** A name of `pcmFormats`; any other is that of what cannot be decoded. */
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

/** How many bytes a sample of all channels has; undefined where the sound is not uncompressed, or has no channels. */
export function sampleBytes({ format, channels }: RawSound): number | undefined {
  const step = (pcmFormats[format]?.bytes ?? 0) * channels;
  return step > 0 ? step : undefined;
}

/** Where the sound ends in a file of so many bytes. */
export function rawEnd({ start, bytes }: RawSound, fileBytes: number): number {
  return Math.max(start, Math.min(start + bytes, fileBytes));
}

/** How long the whole samples are that a file of so many bytes has; undefined where the sound is not uncompressed. */
export function rawSeconds(sound: RawSound, fileBytes: number): number | undefined {
  const step = sampleBytes(sound);
  return step && Math.floor((rawEnd(sound, fileBytes) - sound.start) / step) / sound.sampleRate;
}
