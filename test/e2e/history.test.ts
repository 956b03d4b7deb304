import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { faults } from '../support/server/faults';
import { addRecording, addText } from '../support/vscode/workspace';
import { knownWords } from './files';
import { History } from './pages/history';
import type { Workbench } from './pages/workbench';
import { useStage } from './useStage';

const showHistory = 'Steno: Transcripts at AssemblyAI…';
const refetch = 'Steno: Fetch Transcript Again';
const deletedText = 'Deleted by user.';

describe('Transcripts at AssemblyAI', () => {
  const stage = useStage('history', { service: { pace: 'manual' } });

  /** Makes transcripts of recordings on the web with the same key, as another program would; returns their ids. */
  async function makeElsewhere(...audioUrls: readonly string[]): Promise<string[]> {
    const { service } = stage.current;
    const ids: string[] = [];
    for (const audioUrl of audioUrls) {
      const response = await fetch(`${service.url}/v2/transcript`, {
        method: 'POST',
        headers: { authorization: 'test-key', 'content-type': 'application/json' },
        body: JSON.stringify({ audio_url: audioUrl, speaker_labels: true }),
      });
      const { id } = (await response.json()) as { id: string };
      service.complete(id);
      ids.push(id);
    }
    return ids;
  }

  async function openWindow(
    ...recordings: readonly string[]
  ): Promise<{ folder: string; workbench: Workbench; history: History }> {
    const folder = await stage.current.folder();
    // The Explorer needs a line to wait for.
    await addText(folder, 'readme.txt', 'Hello.\n');
    await Promise.all(recordings.map((name) => addRecording(folder, name)));
    const workbench = await stage.current.open(folder);
    return { folder, workbench, history: new History(workbench.page) };
  }

  const bodyOf = (id: string): unknown =>
    stage.current.service.jobs.find((job) => job.id === id)?.body['text'];

  it('are listed page by page and opened as notes, although another program made them', async () => {
    const urls = Array.from({ length: 52 }, (_, number) => `https://example.test/talks/talk%20${number}.mp3`);
    stage.current.service.plan({ error: 'Audio duration is too short.' });
    const [failedId, id] = await makeElsewhere(...urls);
    const { folder, workbench, history } = await openWindow();
    strictEqual(stage.current.service.requestsOf('list').length, 0);

    await workbench.runCommand(showHistory);
    await history.waitFor('talk 51.mp3', 'completed');
    await workbench.screenshot('history');
    strictEqual(stage.current.service.requestsOf('list').length, 1);
    await history.find('talk 0');
    await history.choose('Older…');
    await history.waitFor('talk 0.mp3', 'failed');
    match(await history.detail('talk 0.mp3'), /Audio duration is too short\. · .*example\.test/);
    ok((await history.detail('talk 0.mp3')).includes(failedId!));
    await history.find('talk 1.mp3');
    await history.choose('talk 1.mp3');
    await workbench.editors.waitForActive('talk 1.transcript.md');

    const note = await readFile(join(folder, 'talk 1.transcript.md'), 'utf8');
    ok(note.includes(knownWords) && note.includes(`transcript: ${id!}`), note.slice(0, 400));
    const sidecar = JSON.parse(await readFile(join(folder, 'talk 1.aai.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    deepStrictEqual([sidecar['id'], sidecar['source_sha256']], [id, null]);

    const gets = stage.current.service.requestsOf('get').length;
    await workbench.runCommand('Steno: Fetch Transcript by ID…');
    await workbench.quickInput.waitFor('Fetch Transcript by ID');
    await workbench.quickInput.enter(id!);
    await workbench.quickInput.accept();
    await workbench.quickInput.waitUntilClosed();
    await workbench.editors.waitForActive('talk 1.transcript.md');
    strictEqual(stage.current.service.requestsOf('get').length, gets);
    deepStrictEqual((await readdir(folder)).sort(), [
      'readme.txt',
      'talk 1.aai.json',
      'talk 1.transcript.md',
    ]);
  });

  it('are deleted, one or several, after a confirmation; a failed deletion can be retried', async () => {
    const [first, second, third, fourth] = await makeElsewhere(
      ...['one', 'two', 'three', 'four'].map((name) => `https://example.test/${name}.mp3`),
    );
    const { workbench, history } = await openWindow();
    await workbench.runCommand(showHistory);
    await history.waitFor('one.mp3', 'completed');
    await history.press('Delete', 'one.mp3');
    await workbench.dialog.waitFor(/Delete “one\.mp3” at .*recordings on this machine stay/s);
    await workbench.dialog.enter();
    await history.waitFor('one.mp3', 'completed');
    ok(bodyOf(first!) !== deletedText, 'Enter deletes nothing');
    await history.press('Delete', 'one.mp3');
    await workbench.dialog.press('Delete');
    await history.waitFor('one.mp3', 'deleted there');
    deepStrictEqual(
      [first, second].map((id) => bodyOf(id!) === deletedText),
      [true, false],
    );

    await history.pressAbove('Delete Several…');
    await workbench.quickInput.waitFor('Delete Transcripts at');
    await workbench.page.keyboard.press('Escape');
    await workbench.quickInput.waitFor('Transcripts at');
    await history.pressAbove('Delete Several…');
    await history.waitFor('two.mp3');
    await history.check('two.mp3', 'three.mp3');
    await workbench.screenshot('history-several');
    await history.accept();
    await workbench.dialog.waitFor('Delete 2 transcripts');
    await workbench.dialog.press('Delete');
    await history.waitFor('three.mp3', 'deleted there');
    deepStrictEqual(
      [second, third, fourth].map((id) => bodyOf(id!) === deletedText),
      [true, true, false],
    );

    stage.current.service.fault('delete', faults.error(400, 'Not now'));
    await history.press('Delete', 'four.mp3');
    await workbench.dialog.press('Delete');
    await workbench.notifications.waitFor('not deleted at');
    await history.close();
    await workbench.runCommand('Steno: Retry Deleting and Saving');
    await eventually(() => strictEqual(bodyOf(fourth!), deletedText));
    await workbench.waitForStatus('Nothing is left to be deleted or saved');
  });

  it('restore the sidecar of a note and its subtitles until they are deleted', async () => {
    const { service } = stage.current;
    const { folder, workbench } = await openWindow('standup.mp3');
    await workbench.explorer.choose('Transcribe', 'standup.mp3');
    await service.arrived('get');
    const { id } = service.jobs[0]!;
    service.complete(id);
    await workbench.editors.waitForActive('standup.transcript.md');
    const sidecar = join(folder, 'standup.mp3.aai.json');
    await eventually(() => readFile(sidecar));

    await workbench.runCommand(refetch);
    await workbench.notifications.waitFor('is already in standup.mp3.aai.json');
    await workbench.notifications.hideAll();
    await rm(sidecar);
    await workbench.runCommand(refetch);
    const again = await eventually(
      async () => JSON.parse(await readFile(sidecar, 'utf8')) as Record<string, unknown>,
    );
    deepStrictEqual([again['id'], again['source_sha256']], [id, null]);

    await workbench.runCommand('Steno: Save Subtitles…');
    await workbench.quickInput.chooseFrom('Save Subtitles', 'SRT');
    await workbench.quickInput.enter('40');
    await workbench.quickInput.accept();
    await workbench.editors.waitForActive('standup.srt');
    match(await readFile(join(folder, 'standup.srt'), 'utf8'), /^1\r?\n00:00:\d\d,\d{3} --> /);
    // The new file moves the line of the note.
    await workbench.explorer.row('standup.srt');
    await workbench.explorer.open('standup.transcript.md');
    await workbench.editors.waitForActive('standup.transcript.md');

    await rm(sidecar);
    await fetch(`${service.url}/v2/transcript/${id}`, {
      method: 'DELETE',
      headers: { authorization: 'test-key' },
    });
    await workbench.runCommand(refetch);
    await workbench.notifications.waitFor('it was deleted there, or has expired');
    await workbench.screenshot('transcript-expired');
    ok(!(await readdir(folder)).includes('standup.mp3.aai.json'));
  });
});
