import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { durationOf } from '../../../../src/audio/duration';
import { fixture } from '../signal';

/** Where the header says how many samples there are: in 36 bits. */
const totalAt = 21;

describe('a FLAC file that was written to a pipe', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'steno-flac-'))));
  after(() => rmSync(folder, { recursive: true }));

  const lengthOf = (bytes: Uint8Array): Promise<number | null> => {
    const path = join(folder, 'piped.flac');
    writeFileSync(path, bytes);
    return durationOf(path);
  };
  function piped(): Buffer {
    const bytes = readFileSync(fixture('sweep.flac'));
    bytes[totalAt]! &= 0xf0;
    return bytes.fill(0, totalAt + 1, totalAt + 5);
  }

  it('is as long as its last frame says', async () => {
    assert.equal(await lengthOf(piped()), 0.4);
  });

  it('is so with a tag behind it, and one in front', async () => {
    assert.equal(await lengthOf(Buffer.concat([piped(), Buffer.from('TAG'.padEnd(128))])), 0.4);
    const id3 = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\x0a', 'latin1'), Buffer.alloc(10)]);
    assert.equal(await lengthOf(Buffer.concat([id3, piped()])), 0.4);
  });

  it('is as long as what is left of it', async () => {
    const bytes = piped();
    const seconds = await lengthOf(bytes.subarray(0, bytes.length * 0.9));
    assert.ok(seconds !== null && seconds > 0.1 && seconds < 0.4, `${seconds}`);
  });
});
