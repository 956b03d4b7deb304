import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { compareWithReference, readReference } from '../support/reference';
import { parentOf, processesWith } from '../support/vscode/listProcesses';
import { addRecording, addText, sampleRecording } from '../support/vscode/workspace';
import { filesBelow, unlessGone } from './files';
import { useStage } from './useStage';

const question = 'Where should this be transcribed?';
const working = /\d+% transcribed/;

/** Adds a long recording: the frames of an MP3 file may simply be repeated. */
async function addLongRecording(folder: string, name: string, times: number): Promise<void> {
  const once = await readFile(sampleRecording);
  await writeFile(join(folder, name), Buffer.concat(Array<Buffer>(times).fill(once)));
}

describe('On this machine, the first time', () => {
  const stage = useStage('local-choice', { environmentKey: undefined });

  it('the user chooses once, and gets a note without an account', async () => {
    const folder = await stage.current.folder();
    await addRecording(folder, 'standup.mp3');
    await addRecording(folder, 'again.mp3');
    const workbench = await stage.current.open(folder);

    await workbench.explorer.choose('Transcribe', 'standup.mp3');
    await workbench.quickInput.waitFor(question);
    await workbench.screenshot('local-choice');
    await workbench.quickInput.choose('Transcribe on this machine');
    await workbench.notifications.waitFor(working);
    await workbench.screenshot('local-progress');
    await workbench.editors.waitForActive('standup.transcript.md');
    await workbench.editors.waitForFocus();
    await workbench.screenshot('local-note');

    const note = await readFile(join(folder, 'standup.transcript.md'), 'utf8');
    match(note, /^model: .*local/m);
    const { wordErrorRate, speakerAccuracy } = compareWithReference(
      note,
      await readReference(sampleRecording),
    );
    ok(wordErrorRate <= 0.1, `word error rate ${wordErrorRate}`);
    strictEqual(speakerAccuracy, 1, note);

    await workbench.explorer.choose('Transcribe', 'again.mp3');
    await workbench.editors.waitForActive('again.transcript.md');
    deepStrictEqual(stage.current.service.requests, [], 'Something left the machine');
  });

  it('Steno transcribes its sample', async () => {
    const folder = await stage.current.folder();
    await addText(folder, 'readme.txt', 'Nothing else is here.');
    const workbench = await stage.current.open(folder);
    await workbench.runCommand('Steno: Transcribe the Sample Recording');
    await workbench.editors.waitForActive('standup.transcript.md');
  });
});

describe('On this machine', () => {
  const stage = useStage('local', { environmentKey: undefined, engine: 'local' });

  const servers = (): Promise<number[]> =>
    processesWith(stage.current.vscode.serverDataDir, join('dist', 'local', 'server.js'));

  /** The unfinished jobs of the servers of this suite, as JSON. */
  async function unfinishedJobs(): Promise<string[]> {
    const storage = join(stage.current.vscode.serverDataDir, 'data', 'User', 'globalStorage');
    const files = await filesBelow(storage);
    const jobs = files.filter((file) => /local.*transcripts.*\.json$/.test(file.slice(storage.length)));
    const texts = await Promise.all(jobs.map((file) => readFile(file, 'utf8').catch(unlessGone(''))));
    return texts.filter((text) => /"status":\s*"(queued|processing)"/.test(text));
  }

  beforeEach(function () {
    if (process.platform === 'win32') {
      console.log('        skipped: processes are listed with ps');
      this.skip();
    }
  });

  it('a job stops at once when it is cancelled', async () => {
    const folder = await stage.current.folder();
    await addLongRecording(folder, 'day.mp3', 40);
    const workbench = await stage.current.open(folder);

    await workbench.explorer.choose('Transcribe', 'day.mp3');
    const progress = await workbench.notifications.waitFor(working);
    strictEqual((await unfinishedJobs()).length, 1);
    await progress.press('Cancel');
    await workbench.waitForStatus('Cancelled: day.mp3 is not transcribed');
    ok(!existsSync(join(folder, 'day.transcript.md')));
    deepStrictEqual(await unfinishedJobs(), [], 'The job is still there');
  });

  it('a job survives that the server is killed, and writes one note', async () => {
    const folder = await stage.current.folder();
    await addLongRecording(folder, 'long.mp3', 2);
    const workbench = await stage.current.open(folder);

    await workbench.explorer.choose('Transcribe', 'long.mp3');
    await workbench.notifications.waitFor(working);
    const killed = await servers();
    killed.forEach((pid) => process.kill(pid, 'SIGKILL'));
    await workbench.editors.waitForActive('long.transcript.md');

    const files = await readdir(folder);
    deepStrictEqual(files.sort(), ['long.mp3', 'long.mp3.aai.json', 'long.transcript.md']);
    ok(killed.length > 0 && (await servers()).every((pid) => !killed.includes(pid)));
  });

  it('a file that is no recording is refused', async () => {
    const folder = await stage.current.folder();
    await addText(folder, 'page.mp3', '\u0000\u0001 neither text nor sound \u0002'.repeat(500));
    const workbench = await stage.current.open(folder);

    await workbench.explorer.choose('Transcribe', 'page.mp3');
    await workbench.notifications.waitFor(/page\.mp3.*is not an audio or video/);
    await workbench.screenshot('local-refused');
  });

  it('no process is left when the extension host is killed', async () => {
    const folder = await stage.current.folder();
    await addLongRecording(folder, 'day.mp3', 40);
    const workbench = await stage.current.open(folder);

    await workbench.explorer.choose('Transcribe', 'day.mp3');
    await workbench.notifications.waitFor(working);
    const hosts = await Promise.all((await servers()).map(parentOf));
    ok(hosts.length > 0);
    hosts.forEach((pid) => process.kill(pid, 'SIGKILL'));
    await eventually(async () => deepStrictEqual(await servers(), []));
  });
});
