import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderJob } from '../../src/core/jobs/journalFormat';
import { eventually } from '../support/eventually';
import { aJob } from '../support/jobEntries';
import { addRecording, addText } from '../support/vscode/workspace';
import { sha256Of } from './files';
import type { Workbench } from './pages/workbench';
import { useStage } from './useStage';

const searchOne = 'Steno: Search in Transcript…';
const searchAll = 'Steno: Search in All Transcripts…';

/** A note in which these words are said at two seconds. */
const noteSaying = (words: string, created: string): string =>
  `---\nrecording: a.mp3\ntranscript: id\ncreated: ${created}\n---\n\n# A\n\n## Maria\n\n[00:00:02](a.mp3#t=2) ${words}\n`;

describe('Search', () => {
  const stage = useStage('search');

  it('shows each place while the user types, and goes there or back', async () => {
    const folder = await stage.current.folder();
    await addRecording(folder, 'talk.mp3');
    const workbench = await stage.current.open(folder);
    const { quickInput, editors } = workbench;
    const { service } = stage.current;
    await workbench.explorer.choose('Transcribe', 'talk.mp3');
    await editors.waitForActive('talk.transcript.md');
    const lines = (await readFile(join(folder, 'talk.transcript.md'), 'utf8')).split('\n');
    const lineOf = (words: string): string =>
      `Ln ${lines.findIndex((line) => line.includes(words)) + 1}, Col`;
    await workbench.waitForStatus('Ln 1, Col 1');

    await search(workbench, searchOne, 'BEFORE the win');
    await quickInput.rowWith('00:00:23', 'Speaker C', 'before the winter').waitFor();
    await workbench.waitForStatus(lineOf('winter'));
    await workbench.screenshot('search-preview');
    await quickInput.cancel();
    await workbench.waitForStatus('Ln 1, Col 1');

    await search(workbench, searchOne, 'battery');
    await quickInput.rowWith('Speaker B', 'battery').waitFor();
    await quickInput.accept();
    await quickInput.waitUntilClosed();
    await workbench.waitForStatus(lineOf('battery'));
    strictEqual(service.requestsOf('word-search').length, 0);

    await search(workbench, searchOne, 'small camera');
    await quickInput.rowWith('Search at AssemblyAI for “small camera”').click();
    await quickInput.waitFor('“small camera” at AssemblyAI');
    await quickInput.rowWith('00:00:18', 'Speaker B', 'The small camera').waitFor();
    await quickInput.accept();
    await quickInput.waitUntilClosed();
    await workbench.waitForStatus(lineOf('small camera'));
    deepStrictEqual(
      service.requestsOf('word-search').map(({ path }) => path.split('?')[1]),
      ['words=small%20camera'],
    );
  });

  it('finds words in all notes of the workspace, the newest first, and opens the chosen one', async () => {
    const folder = await stage.current.folder();
    await addText(folder, 'old/b.md', noteSaying('The budget is fine.', '2025-01-01T00:00:00Z'));
    await addText(folder, 'new/a.md', noteSaying('Budgets, please!', '2026-01-01T00:00:00Z'));
    await addText(folder, 'readme.md', '# Budget\n\n[00:00:02](a.mp3#t=2) The budget is no note.\n');
    const workbench = await stage.current.open(folder);
    const { quickInput, editors } = workbench;

    await search(workbench, searchAll, 'budget');
    await eventually(async () => {
      deepStrictEqual(await quickInput.descriptions(), ['Maria, new/a.md', 'Maria, old/b.md']);
    });
    await editors.waitForOpen('a.md');
    await workbench.screenshot('search-all');
    await quickInput.cancel();
    await eventually(async () => deepStrictEqual(await editors.titles(), []));

    await search(workbench, searchAll, 'budget is');
    await quickInput.rowWith('old/b.md', 'The budget is fine').waitFor();
    // The list is redrawn with every note that is read, which may swallow a click.
    await quickInput.accept();
    await editors.waitForActive('b.md');
    await workbench.waitForStatus('Ln 11, Col');
  });
});

async function search(workbench: Workbench, command: string, words: string): Promise<void> {
  await workbench.runCommand(command);
  await workbench.quickInput.waitFor('Search in');
  await workbench.quickInput.enter(words);
}

describe('An idle window', () => {
  const stage = useStage('idle', { service: { pace: 'manual' } });

  it('makes no request until there is an open job', async () => {
    const { service, storage } = stage.current;
    const folder = await stage.current.folder();
    const recording = await addRecording(folder, 'talk.mp3');
    await addText(folder, 'a.md', noteSaying('Hello.', '2026-01-01T00:00:00Z'));
    const jobs = join(storage, 'jobs');
    await mkdir(join(jobs, 'aside'), { recursive: true });
    /** Waits until Steno has checked its jobs once more: it sets aside a record that it cannot read. */
    const waitForCheck = async (number: number): Promise<void> => {
      await writeFile(join(jobs, nameOf(number)), 'torn');
      await eventually(async () => strictEqual((await readdir(join(jobs, 'aside'))).length, number));
    };

    const workbench = await stage.current.open(folder);
    await workbench.explorer.open('a.md');
    await workbench.transcripts.open();
    for (const number of [1, 2, 3]) {
      await waitForCheck(number);
    }
    strictEqual(service.requests.length, 0);
    strictEqual(service.connections, 0);

    // What remains of a window that was killed while its job was at the service.
    const { transcriptId, url } = await submitTo(service.url);
    const upload = { url, sha256: await sha256Of(recording), uploadedMs: Date.now() };
    const { size, mtimeMs } = await stat(recording);
    const job = aJob({
      id: nameOf(4).slice(0, 32),
      service: service.url,
      recording: { path: recording, name: 'talk.mp3', sizeBytes: size, modifiedMs: mtimeMs },
      notePath: join(folder, 'talk.transcript.md'),
      changedMs: Date.now(),
      stage: { phase: 'submitted', upload, sinceMs: Date.now(), transcriptId },
    });
    service.complete(transcriptId);
    // Written in one step, as a window does: half of a record would be set aside.
    const written = join(folder, 'written.json');
    await writeFile(written, renderJob(job, 'a window that is gone'));
    await rename(written, join(jobs, nameOf(4)));
    await workbench.editors.waitForOpen('talk.transcript.md');
    deepStrictEqual([...new Set(service.requests.map(({ route }) => route))], ['submit', 'get']);
    strictEqual(service.requestsOf('submit').length, 1);
  });
});

/** The name of the record of an open job. */
function nameOf(number: number): string {
  return `${String(number).padStart(32, '0')}.1.json`;
}

/** Submits a job, as the window that is gone did. */
async function submitTo(service: string): Promise<{ readonly transcriptId: string; readonly url: string }> {
  const url = 'https://example.test/talk.mp3';
  const response = await fetch(`${service}/v2/transcript`, {
    method: 'POST',
    headers: { authorization: 'test-key', 'content-type': 'application/json' },
    body: JSON.stringify({ audio_url: url, speaker_labels: true }),
  });
  const { id } = (await response.json()) as { id: string };
  return { transcriptId: id, url };
}
