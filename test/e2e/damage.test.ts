import { deepStrictEqual, doesNotMatch, ok, strictEqual } from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fixturePath } from '../support/fixtures';
import { seededRandom } from '../support/seededRandom';
import {
  recognise,
  startSpeechServerProcess,
  type SpeechServerProcess,
} from '../support/speechServerProcess';
import { removeFolder, temporaryFolder } from '../support/vscode/workspace';

const files = 500;

/** A copy with some bytes changed. Most copies are also cut off. */
function damaged(original: Buffer, random: () => number): Buffer {
  const copy = Buffer.from(original);
  const changes = Math.ceil(20 * random() ** 2);
  for (let change = 0; change < changes; change++) {
    // Mostly at the beginning, where the headers are.
    const place = Math.floor(random() ** 3 * copy.length);
    copy[place] = Math.floor(256 * random());
  }
  return random() < 0.3 ? copy : copy.subarray(0, Math.max(1, Math.ceil(random() * copy.length)));
}

describe('Damaged recordings', () => {
  let folder: string;
  let server: SpeechServerProcess;

  before(async () => {
    folder = await temporaryFolder('damage');
    server = await startSpeechServerProcess();
  });

  after(async () => {
    await server.stop();
    await removeFolder(folder);
  });

  it(`of every format (${files} files) end in a transcript or an error, and the server survives`, async function () {
    this.timeout(600_000);
    const names = (await readdir(fixturePath('audio'))).filter((name) => !name.endsWith('.md')).sort();
    const originals = await Promise.all(names.map((name) => readFile(fixturePath('audio', name))));
    const random = seededRandom(20_261_122);
    const ends = new Map<string, number>();
    for (let count = 0; count < files; count++) {
      const which = count % names.length;
      const file = join(folder, `${count}-${names[which] ?? ''}`);
      await writeFile(file, damaged(originals[which]!, random));
      const { status, error } = await recognise(server, file);
      ok(status === 'completed' || !/^$|crashed|stuck|could not/.test(error ?? ''), `${file}: ${error}`);
      ends.set(status, (ends.get(status) ?? 0) + 1);
    }
    deepStrictEqual([...ends.keys()].sort(), ['completed', 'error'], 'both happen');
    doesNotMatch(server.log(), /recognition thread/, 'the recognition thread neither died nor was ended');
    const { status } = await recognise(server, fixturePath('recordings', 'clip.mp3'));
    strictEqual(status, 'completed', 'the server still works');
    console.log(`        ${[...ends].map(([status, times]) => `${times} ${status}`).join(', ')}`);
  });
});
