import { ok, strictEqual } from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { faults } from '../support/server/faults';
import { addRecording, addText } from '../support/vscode/workspace';
import { useStage } from './useStage';

const names = ['monday.mp3', 'tuesday.mp3', 'wednesday.mp3', 'thursday.mp3', 'friday.mp3', 'saturday.mp3'];

describe('Transcripts', () => {
  const stage = useStage('transcripts', { service: { pace: 'manual' } });

  it('leads to the first recording and to the key while it is empty', async () => {
    const workbench = await stage.current.open(await folderWith('standup.mp3'));
    await workbench.transcripts.open();
    const buttons = await workbench.transcripts.welcomeButtons();
    await workbench.screenshot('transcripts-empty');
    ok(buttons.includes('Set API Key'), buttons.join(' | '));
    strictEqual(stage.current.service.requests.length, 0);
  });

  it('shows the jobs of a folder, which go on after their notification is closed', async () => {
    const folder = await folderWith(...names.map((name) => `week/${name}`));
    await addText(folder, 'week/words.mp3', 'Only words.\n');
    const workbench = await stage.current.open(folder);

    await workbench.explorer.choose('Transcribe Recordings in Folder', 'week');
    await workbench.dialog.waitFor(/6 recordings, 4 min, about \$0\.0\d/);
    await workbench.screenshot('summary');
    await workbench.dialog.press('Transcribe');
    await workbench.transcripts.open();
    await workbench.transcripts.waitFor('Running', '4');
    await workbench.transcripts.waitFor('Waiting', '2');
    await workbench.notifications.waitFor('Transcribing 6 recordings');
    await workbench.notifications.hideAll();
    await eventually(async () =>
      strictEqual(await workbench.transcripts.status(), '4 transcribing, 2 waiting'),
    );
    await workbench.screenshot('transcripts-running');

    await completeAll();
    await workbench.transcripts.waitFor('Done', '6');
    await eventually(async () => strictEqual(await workbench.transcripts.status(), ''));
    await workbench.transcripts.click('monday.mp3');
    await workbench.editors.waitForActive('monday.transcript.md');
    await workbench.screenshot('transcripts-done');
  });

  it('reports a refused key once, and retries all jobs', async () => {
    const folder = await folderWith(...names.map((name) => `week/${name}`));
    const workbench = await stage.current.open(folder);
    stage.current.service.fault('get', faults.error(401, 'Authentication error, API token missing/invalid'));

    await workbench.explorer.choose('Transcribe Recordings in Folder', 'week');
    await workbench.dialog.press('Transcribe');
    const message = await workbench.notifications.waitFor('does not accept the API key');
    await workbench.transcripts.open();
    await workbench.transcripts.waitFor('Failed', '6');
    strictEqual((await workbench.notifications.texts()).length, 1);
    await workbench.screenshot('transcripts-failed');
    await message.press('Retry');
    await completeAll();
    await workbench.transcripts.waitUntilGone('Running');
    await eventually(async () => {
      const notes = (await readdir(join(folder, 'week'))).filter((name) => name.endsWith('.md'));
      strictEqual(notes.length, names.length);
    });
    strictEqual(stage.current.service.requestsOf('submit').length, names.length);
  });

  /** Completes all jobs, also those that are still to be submitted. */
  async function completeAll(): Promise<void> {
    const { service } = stage.current;
    await eventually(() => {
      service.jobs.forEach(({ id }) => service.complete(id));
      strictEqual(service.jobs.length, names.length);
    });
    service.jobs.forEach(({ id }) => service.complete(id));
  }

  async function folderWith(...recordings: readonly string[]): Promise<string> {
    const folder = await stage.current.folder();
    await Promise.all(recordings.map((name) => addRecording(folder, name)));
    return folder;
  }
});
