import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  AdtsOutputFormat,
  MkvOutputFormat,
  MpegTsOutputFormat,
  OggOutputFormat,
  WebMOutputFormat,
  type OutputFormat,
} from 'mediabunny';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { durationOf } from '../../../src/audio/duration';
import { openSound } from '../../../src/audio/openSound';
import { sampleRate } from '../../../src/audio/sound/sound';
import { fixturePath } from '../../support/fixtures';
import { unfinishedMatroska, withoutMark } from './frames/files';
import { flacLoop, writeLoop } from './loops';
import { mix } from './signal';

const read = (name: string): Buffer => readFileSync(fixturePath(name));

/** Twenty seconds of a fixture's sound in a container. */
async function loop(format: OutputFormat, name: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'steno-loop-'));
  const path = join(folder, 'loop');
  try {
    await writeLoop(path, format, name, 20);
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The times in the loops are those of packets, and a decoder makes a little more or less of some. */
const slack = 0.1;

/** Recordings whose sound ends where their last frame, page or block does. */
const whole: Readonly<Record<string, () => Promise<Buffer> | Buffer>> = {
  'MP3 with a header': () => read('recordings/clip.mp3'),
  'MP3 without a header': () => withoutMark(read('recordings/clip.mp3'), 'Info'),
  ADTS: () => loop(new AdtsOutputFormat(), 'audio/sweep.m4a'),
  FLAC: () => flacLoop(200),
  'FLAC that does not know its length': () => flacLoop(200).fill(0, 22, 26),
  'Ogg with Vorbis': () => loop(new OggOutputFormat(), 'audio/sweep.ogg'),
  'Ogg with Opus': () => loop(new OggOutputFormat(), 'audio/sweep.opus'),
  Matroska: () => loop(new MkvOutputFormat(), 'audio/sweep.mka'),
  WebM: () => loop(new WebMOutputFormat(), 'audio/sweep.webm'),
  'WebM that was not finished': () => unfinishedMatroska(read('videos/meeting.webm')),
  'MPEG-TS': () => loop(new MpegTsOutputFormat(), 'audio/sweep.m4a'),
};

describe('a recording with zeros at its end', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'steno-zeros-'))));
  after(() => rmSync(folder, { recursive: true }));

  interface Lengths {
    readonly told: number | null;
    readonly decoded: number;
  }

  /** @param size of the file; what follows the bytes is zeros */
  async function lengths(bytes: Buffer, size: number): Promise<Lengths> {
    const path = join(folder, 'recording');
    writeFileSync(path, bytes);
    truncateSync(path, size);
    const told = await durationOf(path);
    const sound = await openSound(path);
    assert.equal(sound.durationSeconds ?? null, told);
    return { told, decoded: (await mix(sound)).length / sampleRate };
  }

  for (const [what, make] of Object.entries(whole)) {
    it(`is as long as it is without them: ${what}`, async () => {
      const bytes = await make();
      const plain = await lengths(bytes, bytes.length);
      assert.ok(plain.told !== null && Math.abs(plain.told - plain.decoded) < slack, JSON.stringify(plain));
      for (const zeros of [1, 70_000, 90e6]) {
        assert.deepEqual(await lengths(bytes, bytes.length + zeros), plain, `${zeros} zeros`);
      }
    });

    it(`is as long as what is left of it: ${what}`, async () => {
      const bytes = await make();
      const cut = fc.record({ left: fc.double({ min: 0.7, max: 1, noNaN: true }), zeros: fc.nat(300_000) });
      await fc.assert(
        fc.asyncProperty(cut, async ({ left, zeros }) => {
          const kept = bytes.subarray(0, Math.ceil(bytes.length * left));
          const { told, decoded } = await lengths(kept, bytes.length + zeros);
          assert.ok(
            told !== null && Math.abs(told - decoded) < slack,
            `${told} s, but ${decoded} s are heard`,
          );
        }),
        { numRuns: 10, seed: 20_261_130 },
      );
    });
  }

  it('is measured by parts where other bytes follow as well', async () => {
    const path = join(folder, 'recording');
    const sound = withoutMark(read('recordings/clip.mp3'), 'Info');
    writeFileSync(path, Buffer.concat([sound, Buffer.alloc(70e6, 0x55)]));
    const told = (await durationOf(path)) ?? 0;
    assert.ok(told > 7 && told < 9, `${told} s`);
  });
});
