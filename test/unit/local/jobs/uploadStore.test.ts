import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UploadStore } from '../../../../src/local/jobs/uploadStore';

describe('UploadStore', () => {
  let folder: string;
  let store: UploadStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steno-uploads-'));
    store = await UploadStore.open(folder);
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function* chunks(...texts: readonly string[]): AsyncGenerator<Buffer> {
    for (const text of texts) {
      if (text === 'broken') {
        throw new Error('The connection broke');
      }
      yield await Promise.resolve(Buffer.from(text));
    }
  }

  it('keeps complete uploads, and nothing of others', async () => {
    const id = randomUUID();
    assert.equal(await store.receive(id, chunks('so', 'und'), 5), 'complete');
    assert.equal(await store.receive(randomUUID(), chunks('so', 'unds'), 5), 'tooLarge');
    assert.equal(await store.receive(randomUUID(), chunks(), 5), 'empty');
    await assert.rejects(store.receive(randomUUID(), chunks('so', 'broken'), 5), /The connection broke/);
    assert.deepEqual(await readdir(folder), [id]);
  });

  it('removes incomplete uploads of a crashed server, and nothing else', async () => {
    const id = randomUUID();
    await store.receive(id, chunks('sound'), 5);
    await writeFile(join(folder, `${randomUUID()}.part`), 'so');
    await writeFile(join(folder, 'notes.part'), 'mine');
    await UploadStore.open(folder);
    assert.deepEqual((await readdir(folder)).sort(), [id, 'notes.part'].sort());
  });

  it('keeps nothing of an upload that cannot be written to the disk', async () => {
    const id = randomUUID();
    await mkdir(join(folder, id, 'taken'), { recursive: true });
    await assert.rejects(store.receive(id, chunks('sound'), 5));
    assert.deepEqual(await readdir(folder), [id]);
  });

  it('removes old uploads unless they are in use', async () => {
    const [old, used, fresh] = [randomUUID(), randomUUID(), randomUUID()];
    for (const id of [old, used, fresh]) {
      await store.receive(id, chunks('sound'), 5);
    }
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await utimes(join(folder, old), 0, 1000);
    await utimes(join(folder, used), 0, 1000);
    await store.removeOlderThan(2_000_000, (id) => id === used);
    assert.deepEqual((await readdir(folder)).sort(), [used, fresh, 'notes.txt'].sort());
  });
});
