import type { RawSound } from './rawTrack';

/** By the number that stands for them in the header. */
const codings: Readonly<Partial<Record<number, string>>> = {
  1: 'ulaw',
  2: 'pcm-s8',
  3: 'pcm-s16be',
  4: 'pcm-s24be',
  5: 'pcm-s32be',
  6: 'pcm-f32be',
  7: 'pcm-f64be',
  27: 'alaw',
};

/** The size of sound that was written while it was recorded. */
const unknownSize = 0xffff_ffff;

/** The header of Sun's AU files, or undefined for any other file. Sun, audio_filehdr(5). */
export function readAu(head: Uint8Array): RawSound | undefined {
  const header = Buffer.from(head);
  if (header.length < 24 || header.toString('latin1', 0, 4) !== '.snd') {
    return undefined;
  }
  const bytes = header.readUInt32BE(8);
  const coding = header.readUInt32BE(12);
  return {
    start: header.readUInt32BE(4),
    bytes: bytes === unknownSize ? Infinity : bytes,
    format: codings[coding] ?? `AU coding ${coding}`,
    sampleRate: header.readUInt32BE(16),
    channels: header.readUInt32BE(20),
  };
}
