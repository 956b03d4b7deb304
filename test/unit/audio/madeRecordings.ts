/** Recordings made of headers, each with its seconds; null where it does not say. */
export const recordings: readonly (readonly [string, () => Buffer, number | null])[] = [
  ['WAV whose size is not filled in', () => wav(0, 3200), 0.2],
  ['WAV of unknown size', () => wav(0xffff_ffff, 3200), 0.2],
  ['WAV that is cut off', () => wav(32_000, 3200), 0.2],
  ['WAV with something behind it', () => wav(1600, 3200), 0.1],
  ['WAV in a codec that counts samples', () => adpcm(8000, 4000), 0.5],
  ['WAV of no rate at all', () => wav(3200, 3200, 0), null],
  ['AIFF', () => aiff(4000, 8000), 0.5],
  ['AU', () => au(16_000, 24_000), 1],
  ['AU of unknown size', () => au(0xffff_ffff, 24_000), 1.5],
  ['Windows Media', () => asf(0), 61.5],
  ['Windows Media that was not finished', () => asf(1), null],
  ['Flash video', flv, 0x0102_0304 / 1000],
  ['AMR', () => frames('#!AMR\n', [0x3c, 32], [0x44, 6]), 4],
  ['AMR, wide band', () => frames('#!AMR-WB\n', [0x44, 61], [0x4c, 6]), 4],
  ['MP3 that counts its frames', () => mp3('Xing', 1000), (1000 * 1152) / 44_100],
  ['MP3 that counts its frames as another encoder does', () => mp3('VBRI', 1000), (1000 * 1152) / 44_100],
  ['MP3 that counts nothing', () => mp3('', 0), (20 * 1152) / 44_100],
  ['MP3 behind a tag', () => Buffer.concat([id3(70_000), mp3('', 0)]), (20 * 1152) / 44_100],
  [
    'MP3 that begins in the middle of a frame',
    () => Buffer.concat([noise(700), mp3('', 0)]),
    20 * (1152 / 44_100),
  ],
  ['Dolby Digital', () => frames('', [0x0b77_0000, 384, 0x0c40]), 200 * 0.032],
  ['noise', () => noise(5000), null],
  ['nothing', () => Buffer.alloc(0), null],
];

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const u16le = (value: number): Buffer => Buffer.from([value & 255, value >> 8]);

function u32(order: 'LE' | 'BE', ...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) =>
    order === 'LE' ? bytes.writeUInt32LE(value, i * 4) : bytes.writeUInt32BE(value, i * 4),
  );
  return bytes;
}

const riffChunk = (name: string, contents: Buffer, size = contents.length): Buffer =>
  Buffer.concat([latin1(name), u32('LE', size), contents]);

function riff(...chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([latin1('RIFF\0\0\0\0WAVE'), ...chunks]);
}

const format = (codec: number, rate: number, bytesPerSecond: number): Buffer =>
  riffChunk(
    'fmt ',
    Buffer.concat([u16le(codec), u16le(1), u32('LE', rate, bytesPerSecond), u16le(2), u16le(16)]),
  );

function wav(size: number, bytes: number, rate = 8000): Buffer {
  return riff(
    format(1, rate, rate * 2),
    riffChunk('odd ', Buffer.alloc(4), 3),
    riffChunk('data', Buffer.alloc(bytes), size),
  );
}

function adpcm(rate: number, samples: number): Buffer {
  return riff(
    format(17, rate, 1),
    riffChunk('fact', u32('LE', samples)),
    riffChunk('data', Buffer.alloc(100)),
  );
}

function aiff(samples: number, rate: number): Buffer {
  const common = Buffer.alloc(18);
  common.writeUInt16BE(1, 0);
  common.writeUInt32BE(samples, 2);
  common.writeUInt16BE(16, 6);
  const exponent = Math.floor(Math.log2(rate));
  common.writeUInt16BE(16_383 + exponent, 8);
  common.writeBigUInt64BE(BigInt(rate) << BigInt(63 - exponent), 10);
  return Buffer.concat([latin1('FORM\0\0\0\0AIFFCOMM'), u32('BE', 18), common]);
}

function au(size: number, bytes: number): Buffer {
  return Buffer.concat([latin1('.snd'), u32('BE', 24, size, 3, 8000, 1), Buffer.alloc(bytes)]);
}

function asf(flags: number): Buffer {
  const header = Buffer.from('3026b2758e66cf11a6d900aa0062ce6c'.padEnd(60, '0'), 'hex');
  const properties = Buffer.alloc(104);
  properties.write('a1dcab8c47a9cf118ee400c00c205365', 'hex');
  properties.writeBigUInt64LE(645_000_000n, 64);
  properties.writeBigUInt64LE(3000n, 80);
  properties.writeUInt32LE(flags, 88);
  return Buffer.concat([header, properties]);
}

function flv(): Buffer {
  const tag = Buffer.from([8, 0, 0, 4, 2, 3, 4, 1, 0, 0, 0, 9, 9, 9, 9]);
  return Buffer.concat([latin1('FLV\x01\x04'), u32('BE', 9, 0), tag, u32('BE', tag.length)]);
}

/** Two hundred frames, of those kinds in turn: how they begin (a byte, or four and two more), and how long they are. */
function frames(signature: string, ...kinds: readonly (readonly [number, number, number?])[]): Buffer {
  const made = Array.from({ length: 200 }, (_, i) => {
    const [start, length, more = 0] = kinds[i % kinds.length]!;
    const frame = Buffer.alloc(length);
    if (start > 255) {
      frame.writeUInt32BE(start);
      frame.writeUInt16BE(more, 4);
    } else {
      frame.writeUInt8(start);
    }
    return frame;
  });
  return Buffer.concat([latin1(signature), ...made]);
}

/** Twenty frames of MPEG-1, layer III, 128 kbit/s, 44.1 kHz; in the first of them it may say how many there are. */
function mp3(encoder: string, count: number): Buffer {
  const bytes = Buffer.alloc(20 * 417);
  for (let i = 0; i < 20; i++) {
    bytes.writeUInt32BE(0xfffb_9000, i * 417);
  }
  bytes.write(encoder, 36, 'latin1');
  if (encoder === 'Xing') {
    bytes.writeUInt32BE(1, 40);
  }
  if (encoder !== '') {
    bytes.writeUInt32BE(count, encoder === 'Xing' ? 44 : 50);
  }
  return bytes;
}

function id3(size: number): Buffer {
  const sevenBits = [size >> 14, (size >> 7) & 127, size & 127];
  return Buffer.concat([latin1('ID3\x04\0\0\0'), Buffer.from(sevenBits), Buffer.alloc(size, 0xff)]);
}

const noise = (length: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, i) => (i * i * 31 + (i >> 3)) % 251));
