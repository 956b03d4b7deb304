import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Mp3Decoder } from '../../../../src/audio/codecs/mp3/mp3Decoder';
import { durationOf } from '../../../../src/audio/duration';
import { openSound } from '../../../../src/audio/openSound';
import { dialogue, fixture, mix } from '../signal';
import { ape, framesOf, garbage, id3v1, id3v2, latin1 } from './files';

const mp3 = readFileSync(fixture('sweep.mp3'));
const aac = readFileSync(fixture('sweep.aac'));

interface Heard {
  readonly samples: Float32Array;
  readonly durationSeconds: number | undefined;
}

describe('files of bare frames', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'steno-frames-'))));
  after(() => rmSync(folder, { recursive: true }));

  async function hear(...parts: Uint8Array[]): Promise<Heard> {
    const path = join(folder, 'recording');
    writeFileSync(path, Buffer.concat(parts));
    const sound = await openSound(path);
    return { samples: await mix(sound), durationSeconds: sound.durationSeconds };
  }

  /** A file of MP3 without the header frame that says how long it is. */
  async function bare(file: Uint8Array): Promise<Buffer> {
    const frames = await framesOf(file);
    return Buffer.concat(frames.slice(1).map(({ data }) => data));
  }

  it('sound the same with tags around them', async () => {
    for (const file of [mp3, aac]) {
      const plain = await hear(file);
      const tagged = await hear(id3v2(70_000), id3v2(10), file, ape(3000), id3v1());
      assert.deepEqual(tagged, plain);
    }
  });

  it('sound the same whatever stands before them', async () => {
    const plain = await hear(mp3);
    assert.deepEqual(await hear(Buffer.alloc(5000), mp3), plain);
    assert.deepEqual(await hear((await bare(mp3)).subarray(-20), mp3), plain);
  });

  it('sound on behind the joint where files were glued together', async () => {
    const { samples: once } = await hear(mp3);
    const { samples: twice, durationSeconds = 0 } = await hear(mp3, mp3);
    const { samples: tagged } = await hear(mp3, id3v1(), mp3, id3v1());
    assert.deepEqual(tagged, twice);
    assert.ok(Math.abs(durationSeconds - 2) < 0.1, `${durationSeconds} s`);
    // Between the two lies what the encoder has put around them, but no frame that is none of sound.
    const frames = (await framesOf(mp3)).length - 1;
    const second = twice.subarray(frames * 576);
    assert.ok(second.length >= once.length, `${second.length} samples`);
    assert.deepEqual(twice.subarray(0, 15_000), once.subarray(0, 15_000));
    assert.deepEqual(second.subarray(2000, 15_000), once.subarray(2000, 15_000));
  });

  it('keep their times where frames are lost', async () => {
    const whole = readFileSync(dialogue);
    const { samples: full } = await hear(whole);
    const frames = await framesOf(whole);
    const spoilt = Buffer.from(whole);
    const [from = 0, to = 0] = [frames[500], frames[510]].map((frame) => frame?.position);
    spoilt.fill(0, from, to);
    const { samples: heard } = await hear(spoilt);
    assert.equal(heard.length, full.length);
    const begin = 499 * 576 - 3000;
    const end = 509 * 576 + 3000;
    assert.deepEqual(heard.subarray(0, begin), full.subarray(0, begin));
    assert.deepEqual(heard.subarray(end), full.subarray(end));
    assert.ok(heard.subarray(begin + 3600, end - 6000).every((sample) => sample === 0));
  });

  it('stay silent behind lost frames until all that a frame needs is there', async () => {
    const frames = (await framesOf(readFileSync(dialogue))).map(({ data }) => data);
    // The byte behind the header says how far the data of a frame reaches back.
    const needy = frames.findIndex((frame, i) => i > 100 && (frame[4] ?? 0) > 0);
    const decoder = new Mp3Decoder(frames[1]!);
    for (const frame of frames.slice(1, needy)) {
      decoder.decode(frame);
    }
    assert.throws(() => decoder.decode(new Uint8Array(0)), { name: 'DamagedPacket' });
    const [samples] = decoder.decode(frames[needy]!);
    assert.ok(samples?.length === 576 && samples.every((sample) => sample === 0));
  });

  it('are refused where more than a tenth is lost', async () => {
    const file = await bare(readFileSync(dialogue));
    const holed = [file.subarray(0, 100_000), garbage(40_000), file.subarray(140_000)];
    await assert.rejects(hear(...holed), { kind: 'damaged' });
  });

  it('tell their length by their bit rate where no header does', async () => {
    const { durationSeconds = 0, samples } = await hear(await bare(readFileSync(dialogue)));
    assert.ok(Math.abs(durationSeconds - samples.length / 16_000) < 0.01, `${durationSeconds} s`);
  });

  it('tell how much is left of them where they are cut off', async () => {
    const { durationSeconds = 0, samples } = await hear(readFileSync(dialogue).subarray(0, 130_000));
    assert.ok(Math.abs(durationSeconds - samples.length / 16_000) < 0.1, `${durationSeconds} s`);
  });

  it("tell their length by Fraunhofer's header, which is not heard", async () => {
    const frames = (await framesOf(mp3)).slice(1).map(({ data }) => data);
    const header = Buffer.from(frames[0]!).fill(0, 4);
    header.write('VBRI', 36, 'latin1');
    header.writeUInt32BE(header.length + frames.reduce((sum, frame) => sum + frame.length, 0), 46);
    header.writeUInt32BE(frames.length, 50);
    const { durationSeconds, samples } = await hear(header, ...frames);
    assert.equal(durationSeconds, samples.length / 16_000);
    assert.deepEqual(samples, (await hear(...frames)).samples);
  });

  it('are heard to their end where their header counts too few of them', async () => {
    const whole = readFileSync(dialogue);
    const { samples: full } = await hear(whole);
    const short = Buffer.from(whole);
    const count = short.indexOf('Info', 'latin1') + 8;
    short.writeUInt32BE(Math.round(short.readUInt32BE(count) / 2), count);
    const { samples: heard } = await hear(short);
    assert.deepEqual(heard.subarray(0, full.length), full);
  });

  it('count each of many sizes, up to 64 MB of them', async () => {
    const silent = [104, 208, 313, 417].map((length, i) => {
      const bytes = Buffer.alloc(length);
      bytes.writeUInt32BE((0xfffb_0000 | ([1, 5, 7, 9][i]! << 12)) >>> 0);
      return bytes;
    });
    const many = Buffer.concat(Array.from({ length: 100_000 }, (_, i) => silent[(i * i) % 4]!));
    const path = join(folder, 'many');
    writeFileSync(path, many);
    const seconds = (await durationOf(path)) ?? 0;
    assert.ok(Math.abs(seconds - (100_000 * 1152) / 44_100) < 1e-6, `${seconds} s`);
  });

  it('are refused by name in the free format', async () => {
    const free = Buffer.alloc(700, 1);
    free.set([0xff, 0xfb, 0x00, 0xc0]);
    await assert.rejects(hear(id3v2(100), free, free, free), {
      kind: 'unsupported',
      message: /^MP3 in the free format cannot be decoded on this machine\./,
    });
  });

  it('are refused by name in a layer other than the third', async () => {
    const frame = Buffer.alloc(96, 1);
    frame.set([0xff, 0xfd, 0x14, 0xc0]);
    await assert.rejects(hear(frame, frame, frame), {
      kind: 'unsupported',
      message: /^MPEG audio of layer II /,
    });
  });

  it('are not searched in other files', async () => {
    await assert.rejects(hear(latin1('PK\x03\x04'), garbage(100), mp3), { kind: 'notAudio' });
  });
});
