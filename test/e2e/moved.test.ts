import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import type { Job } from '../support/server/jobs';
import { assertSaved } from '../support/savedFiles';
import { addRecording, temporaryFolder } from '../support/vscode/workspace';
import { knownWords, sha256Of } from './files';
import type { Workbench } from './pages/workbench';
import { useStage } from './useStage';

const name = 'standup.mp3';
const note = 'standup.transcript.md';

/** The part of a message that says where a transcript is kept. */
const keptIn = /the transcript is kept in (\S+\.json)\./;

/** A recording that the service is processing. */
interface UnderWay {
  readonly folder: string;
  readonly recording: string;
  readonly sha256: string;
  readonly workbench: Workbench;
  readonly job: Job;
}

describe('While a recording is processed', () => {
  const stage = useStage('moved', { service: { pace: 'manual' } });

  async function transcribe(settings: Readonly<Record<string, unknown>> = {}): Promise<UnderWay> {
    const { current } = stage;
    await current.configure(settings);
    const folder = await current.folder();
    const recording = await addRecording(folder, name);
    const sha256 = await sha256Of(recording);
    const workbench = await current.open(folder);
    await workbench.explorer.choose('Transcribe', name);
    await current.service.arrived('get');
    return { folder, recording, sha256, workbench, job: current.service.jobs[0]! };
  }

  /** Asserts that nothing was sent or paid for twice, and that no job is open. */
  async function assertDoneOnce({ workbench }: UnderWay): Promise<void> {
    const { service } = stage.current;
    strictEqual(service.requestsOf('upload').length, 1);
    strictEqual(service.requestsOf('submit').length, 1);
    await eventually(async () => strictEqual(await workbench.transcripts.status(), ''));
  }

  for (const [what, place, noteThere] of [
    ['renamed', 'monday.mp3', 'monday.transcript.md'],
    ['moved into another folder', 'archive/2026/standup.mp3', note],
  ] as const) {
    it(`it can be ${what}: its note is written at the new place`, async () => {
      const underWay = await transcribe();
      const { folder, recording, sha256, workbench, job } = underWay;
      const now = join(folder, place);
      await mkdir(join(now, '..'), { recursive: true });
      await rename(recording, now);
      stage.current.service.complete(job.id);

      await workbench.editors.waitForActive(noteThere);
      await assertSaved(now, join(now, '..', noteThere), job.body, sha256);
      strictEqual((await filesIn(folder)).length, 3);
      await assertDoneOnce(underWay);
    });
  }

  it('it can be deleted: its note can be written anyway', async () => {
    const underWay = await transcribe();
    const { folder, recording, workbench, job } = underWay;
    await rm(recording);
    stage.current.service.complete(job.id);

    const message = await workbench.notifications.waitFor('“standup.mp3” is no longer where it was');
    await workbench.transcripts.open();
    await workbench.transcripts.waitFor(name, 'is no longer where it was, so');
    await workbench.screenshot('recording-gone');
    deepStrictEqual(await message.buttons(), ['Retry', 'Write Note Anyway']);
    deepStrictEqual(await filesIn(folder), []);
    const kept = keptIn.exec(await message.text())?.[1] ?? '';
    ok((await readFile(kept, 'utf8')).includes(knownWords));

    await message.press('Retry');
    const again = await workbench.notifications.waitFor('“standup.mp3” is no longer where it was');
    await again.press('Write Note Anyway');
    await workbench.editors.waitForActive(note);
    match(await readFile(join(folder, note), 'utf8'), /^recording: standup\.mp3$/m);
    ok((await readFile(join(folder, note), 'utf8')).includes(knownWords));
    deepStrictEqual(await filesIn(folder), [note]);
    ok((await readFile(kept, 'utf8')).includes(knownWords), 'the only transcript is gone');
    await assertDoneOnce(underWay);
  });

  it('it can be replaced by another file, which is not mistaken for it', async () => {
    const underWay = await transcribe();
    const { folder, recording, sha256, workbench, job } = underWay;
    const elsewhere = join(await temporaryFolder('elsewhere'), name);
    await rename(recording, elsewhere);
    await writeFile(recording, 'Another one.');
    stage.current.service.complete(job.id);

    const message = await workbench.notifications.waitFor(
      '“standup.mp3” has changed since it was transcribed',
    );
    await workbench.screenshot('recording-replaced');
    deepStrictEqual(await message.buttons(), ['Retry', 'Write Note Anyway']);
    deepStrictEqual(await filesIn(folder), [name]);

    await rename(elsewhere, recording);
    await message.press('Retry');
    await workbench.editors.waitForActive(note);
    await assertSaved(recording, join(folder, note), job.body, sha256);
    await assertDoneOnce(underWay);
  });

  it('the folder of its note can be removed: the note is written when the folder is back', async () => {
    const notes = await temporaryFolder('notes');
    const underWay = await transcribe({ 'steno.notePath': `${notes}/\${recordingName}.md` });
    const { folder, recording, workbench, job } = underWay;
    await rm(notes, { recursive: true });
    await writeFile(notes, 'A file in place of the folder: not even root can write a note into it.');
    stage.current.service.complete(job.id);

    const message = await workbench.notifications.waitFor(
      `The note “${join(notes, 'standup.md')}” could not`,
    );
    await workbench.screenshot('note-unwritable');
    deepStrictEqual(await message.buttons(), ['Save Elsewhere…', 'Retry', 'Show Log']);
    deepStrictEqual(await filesIn(folder), [name, `${name}.aai.json`]);

    await rm(notes);
    await mkdir(notes);
    await message.press('Retry');
    await workbench.editors.waitForActive('standup.md');
    ok((await readFile(join(notes, 'standup.md'), 'utf8')).includes(knownWords));
    ok((await readFile(`${recording}.aai.json`, 'utf8')).includes(job.id));
    await assertDoneOnce(underWay);
  });
});

/** Names of all files below a folder. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name: file }) => file)
    .sort();
}
