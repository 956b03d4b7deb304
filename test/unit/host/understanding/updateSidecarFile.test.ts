import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSidecar, renderSidecar } from '../../../../src/core/sidecar/sidecar';
import { updateSidecarFile } from '../../../../src/host/understanding/updateSidecarFile';

const text = (id: string) =>
  renderSidecar({
    source: 'talk.mp3',
    transcript: { id, status: 'completed', text: 'Hello.' },
    sha256: 'ab12',
  });

describe('updateSidecarFile', () => {
  let folder = '';
  let file = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steno-sidecar-'));
    file = join(folder, 'talk.mp3.aai.json');
    await writeFile(file, text('id-1'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('changes the transcript and keeps the hash of the recording', async () => {
    await updateSidecarFile(file, 'id-1', (transcript) => ({ ...transcript, found: true }));
    const sidecar = parseSidecar(await readFile(file, 'utf8'));
    assert.deepEqual(sidecar, {
      source: 'talk.mp3',
      transcript: { id: 'id-1', status: 'completed', text: 'Hello.', found: true },
      sha256: 'ab12',
    });
    assert.deepEqual(await readdir(folder), ['talk.mp3.aai.json']);
  });

  it('updates again when another window wrote the file at the same moment', async () => {
    const other = text('id-1').replace('Hello.', 'Hi.');
    let calls = 0;
    await updateSidecarFile(file, 'id-1', (transcript) => {
      calls += 1;
      if (calls === 1) {
        writeFileSync(file, other);
      }
      return { ...transcript, found: true };
    });
    assert.equal(calls, 2);
    assert.deepEqual(parseSidecar(await readFile(file, 'utf8'))?.transcript, {
      id: 'id-1',
      status: 'completed',
      text: 'Hi.',
      found: true,
    });
  });

  it('does not overwrite another transcript that is written at the same moment', async () => {
    await updateSidecarFile(file, 'id-1', (transcript) => {
      writeFileSync(file, text('id-2'));
      return transcript;
    });
    assert.equal(await readFile(file, 'utf8'), text('id-2'));
  });

  it('leaves the sidecar of another transcript alone', async () => {
    await updateSidecarFile(file, 'id-2', (transcript) => ({ ...transcript, found: true }));
    assert.equal(await readFile(file, 'utf8'), text('id-1'));
  });

  it('throws sidecarUnwritable when the file cannot be read', async () => {
    await rm(file);
    await assert.rejects(
      updateSidecarFile(file, 'id-1', (transcript) => transcript),
      { kind: 'sidecarUnwritable', code: 'ENOENT', subject: 'talk.mp3', transcriptId: 'id-1' },
    );
  });
});
