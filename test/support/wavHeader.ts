import { sampleRate } from '../../src/audio/sound/sound';

/**
 * The header of a WAV file with 16-bit mono PCM ("Multimedia Programming Interface and Data Specifications 1.0",
 * IBM and Microsoft, 1991).
 *
 * @param dataBytes size of the samples after the header
 * @param rate samples per second
 */
export function wavHeader(dataBytes: number, rate = sampleRate): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(2 * rate, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  return header;
}
