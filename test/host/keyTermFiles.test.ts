import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { workspace } from 'vscode';
import { readGlossary } from '../../src/host/options/keyTermFiles';

describe('glossary', () => {
  let folder: string;

  beforeEach(async () => {
    const root = workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(root);
    folder = path.join(root, 'glossary');
    await mkdir(path.join(folder, 'node_modules'), { recursive: true });
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('consists of the terms in the *.terms files of the workspace', async () => {
    await writeFile(path.join(folder, 'b.terms'), '\uFEFF# Ours\r\n\r\n etcd cluster \r\nKubernetes\r\n');
    await writeFile(path.join(folder, 'a.terms'), 'Steno');
    await writeFile(path.join(folder, 'empty.terms'), '# nothing yet\n');
    await writeFile(path.join(folder, 'node_modules', 'c.terms'), 'Foreign');
    const { sources, unread } = await readGlossary(undefined);
    assert.deepEqual(sources, [
      { name: 'glossary/a.terms', terms: ['Steno'] },
      { name: 'glossary/b.terms', terms: ['etcd cluster', 'Kubernetes'] },
    ]);
    assert.deepEqual(unread, []);
  });

  it('names the files beyond the limit', async () => {
    const names = Array.from({ length: 22 }, (_, index) => `${String(index).padStart(2, '0')}.terms`);
    await Promise.all(names.map((name) => writeFile(path.join(folder, name), `Word of ${name}`)));
    const { sources, unread } = await readGlossary(undefined);
    assert.deepEqual(
      sources.map(({ name }) => name),
      names.slice(0, 20).map((name) => `glossary/${name}`),
    );
    assert.deepEqual(unread, ['glossary/20.terms (over 20 files)', 'glossary/21.terms (over 20 files)']);
  });

  it('names the files that are too large or not text', async () => {
    await writeFile(path.join(folder, 'large.terms'), 'word\n'.repeat(60_000));
    await writeFile(path.join(folder, 'latin.terms'), Buffer.from([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72]));
    const { sources, unread } = await readGlossary(undefined);
    assert.deepEqual(sources, []);
    assert.deepEqual(unread, ['glossary/large.terms (over 256 KB)', 'glossary/latin.terms (not UTF-8)']);
  });
});
