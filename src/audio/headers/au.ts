import { rawSeconds, type RawSound, type SoundHeader } from './rawSound';

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
const headerBytes = 24;

export function isAu(head: Buffer): boolean {
  return head.length >= headerBytes && head.toString('latin1', 0, 4) === '.snd';
}

/**
 * Reads the header of one of Sun's AU files. Sun, audio_filehdr(5).
 *
 * @param head the first bytes of the file
 * @param fileBytes the size of the file
 */
export function readAu(head: Buffer, fileBytes: number): SoundHeader {
  const bytes = head.readUInt32BE(8);
  const coding = head.readUInt32BE(12);
  const sound: RawSound = {
    start: head.readUInt32BE(4),
    bytes: bytes === unknownSize ? Infinity : bytes,
    format: codings[coding] ?? `AU coding ${coding}`,
    sampleRate: head.readUInt32BE(16),
    channels: head.readUInt32BE(20),
  };
  return { sound, seconds: rawSeconds(sound, fileBytes) };
}
