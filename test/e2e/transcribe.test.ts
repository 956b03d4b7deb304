import { deepStrictEqual, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { fixturePath } from '../support/fixtures';
import { addRecording, addText } from '../support/vscode/workspace';
import { sha256Of } from './files';
import { useStage } from './useStage';

/** Names of recordings, their fixtures, and their notes. */
const recordings: readonly (readonly [name: string, fixture: string, note: string])[] = [
  ['standup.mp3', 'clip.mp3', 'standup.transcript.md'],
  ['interview.wav', 'clip.wav', 'interview.transcript.md'],
  ['memo.m4a', 'clip.m4a', 'memo.transcript.md'],
  ['screencast.mp4', 'clip.mp4', 'screencast.transcript.md'],
  ['LOUD.MP3', 'clip.mp3', 'LOUD.transcript.md'],
  ['our first talk.mp3', 'clip.mp3', 'our first talk.transcript.md'],
  ['sprint #12 at 100%.mp3', 'clip.mp3', 'sprint #12 at 100%.transcript.md'],
  ['🎙️ café.mp3', 'clip.mp3', '🎙️ café.transcript.md'],
];

/** Words that are said in the clip. */
const clipWords = 'thank you for joining the call today';

describe('Transcribe', () => {
  const stage = useStage('transcribe', { environmentKey: undefined, engine: 'local' });

  for (const [name, fixture, note] of recordings) {
    it(`makes a note of ${name} after a right click`, async () => {
      const folder = await stage.current.folder();
      const recording = await addRecording(folder, name, fixturePath('recordings', fixture));
      const workbench = await stage.current.open(folder);

      await workbench.explorer.choose('Transcribe', name);
      await workbench.editors.waitForActive(note);

      const text = await readFile(join(folder, note), 'utf8');
      ok(text.toLowerCase().includes(clipWords), text);
      const sidecar = await readFile(`${recording}.aai.json`, 'utf8');
      ok(sidecar.includes(await sha256Of(recording)));
    });
  }

  it('works on a file of any folder of a multi-root workspace', async () => {
    const root = await stage.current.folder();
    await mkdir(join(root, 'first'));
    const recording = await addRecording(join(root, 'second'), 'standup.mp3');
    const file = join(root, 'both.code-workspace');
    await writeFile(file, JSON.stringify({ folders: [{ path: 'first' }, { path: 'second' }] }));
    const workbench = await stage.current.open(file);

    await workbench.explorer.choose('Transcribe', 'standup.mp3');
    await workbench.editors.waitForActive('standup.transcript.md');
    ok(existsSync(recording.replace('.mp3', '.transcript.md')));
  });

  it('transcribes several files at once, and only the recordings among them', async () => {
    const folder = await stage.current.folder();
    const names = ['monday.mp3', 'tuesday.mp3', 'wednesday.mp3'];
    for (const name of names) {
      await addRecording(folder, name);
    }
    await addText(folder, 'shopping.txt', 'milk');
    const workbench = await stage.current.open(folder);

    await workbench.explorer.choose('Transcribe', 'shopping.txt', ...names);
    const summary = await workbench.notifications.waitFor('3 of 3 recordings transcribed.');
    await summary.hold();
    await workbench.screenshot('several');
    await summary.press('Open Notes');
    const notes = names.map((name) => name.replace('.mp3', '.transcript.md'));
    await eventually(async () => deepStrictEqual((await workbench.editors.titles()).sort(), notes));
  });

  it('transcribes a folder with its subfolders, after a confirmation', async () => {
    const folder = await stage.current.folder();
    const found = [
      await addRecording(folder, 'week/monday.mp3'),
      await addRecording(folder, 'week/late/tuesday.wav', fixturePath('recordings/clip.wav')),
    ];
    await addText(folder, 'week/agenda.md', 'things');
    const workbench = await stage.current.open(folder);

    await workbench.explorer.choose('Transcribe Recordings in Folder', 'week');
    await workbench.dialog.waitFor('Transcribe 2 recordings?');
    await workbench.screenshot('folder');
    await workbench.dialog.press('Transcribe');
    await workbench.notifications.waitFor('2 of 2 recordings transcribed.');
    ok(found.every((recording) => existsSync(recording.replace(/\.\w+$/, '.transcript.md'))));
  });

  it('has a button at an open audio preview', async () => {
    const folder = await stage.current.folder();
    await addRecording(folder, 'standup.mp3');
    const workbench = await stage.current.open(folder);

    await workbench.explorer.waitForMenuItem('Transcribe', 'standup.mp3');
    await workbench.explorer.open('standup.mp3');
    await workbench.editors.waitForActive('standup.mp3');
    await workbench.editors.waitForPage();
    const button = await workbench.editors.titleButton('Transcribe');
    await workbench.screenshot('preview');
    await button.click();
    await workbench.editors.waitForOpen('standup.transcript.md');
  });

  it('opens a file dialog when it is run from the command palette', async () => {
    const folder = await stage.current.folder();
    await addRecording(folder, 'standup.mp3');
    const workbench = await stage.current.open(folder);

    await workbench.runCommand('Steno: Transcribe');
    await workbench.quickInput.waitFor('Transcribe Recordings');
    // The test types no path: while the dialog reads the folder, it would ignore the path.
    await workbench.quickInput.row('standup.mp3').waitFor();
    await workbench.screenshot('picker');
    await workbench.quickInput.choose('standup.mp3');
    await workbench.editors.waitForActive('standup.transcript.md');
  });

  it('is offered only on recordings', async () => {
    const folder = await stage.current.folder();
    await addRecording(folder, 'standup.mp3');
    await addText(folder, 'notes.txt', 'words');
    await addText(folder, 'player.ts', 'export {};');
    await addText(folder, 'folder.mp3/inside.txt', 'words');
    const workbench = await stage.current.open(folder);

    await workbench.explorer.waitForMenuItem('Transcribe', 'standup.mp3');
    for (const name of ['notes.txt', 'player.ts', 'folder.mp3']) {
      const menu = await workbench.explorer.menuOf(name);
      ok(menu.includes('Copy Path') && !menu.includes('Transcribe'), `${name}: ${menu.join(' | ')}`);
    }
    ok(!(await workbench.explorer.menuOf('notes.txt')).includes('Transcribe Recordings in Folder'));
  });
});

describe('Transcribe in Restricted Mode', () => {
  const stage = useStage('restricted', { restricted: true });

  it('works, and follows the settings of the user and not of the folder', async () => {
    const folder = await stage.current.folder();
    await addRecording(folder, 'standup.mp3');
    const elsewhere = {
      'steno.customBaseUrl': 'http://127.0.0.1:9',
      'steno.notePath': '/${recordingName}.md',
    };
    await addText(folder, '.vscode/settings.json', JSON.stringify(elsewhere));
    const workbench = await stage.current.open(folder);

    await workbench.waitForStatus('Restricted Mode');
    await workbench.explorer.choose('Transcribe', 'standup.mp3');
    await workbench.editors.waitForActive('standup.transcript.md');
    await workbench.screenshot('restricted');
  });
});

describe('Progress', () => {
  const stage = useStage('progress', { service: { pace: 'manual' } });

  it('is shown from the menu to the note', async () => {
    const folder = await stage.current.folder();
    await addRecording(folder, 'standup.mp3');
    const workbench = await stage.current.open(folder);

    await workbench.explorer.openMenuWith('Transcribe', 'standup.mp3');
    await workbench.screenshot('menu');
    await workbench.explorer.pick('Transcribe');
    const progress = await workbench.notifications.waitFor(/Transcribing standup.mp3: Queued for/);
    await workbench.screenshot('progress');
    deepStrictEqual(await progress.buttons(), ['Cancel']);
    stage.current.service.complete(stage.current.service.jobs[0]!.id);
    await workbench.editors.waitForActive('standup.transcript.md');
    await workbench.notifications.waitForNone();
    await workbench.screenshot('note');
    deepStrictEqual(await workbench.notifications.texts(), []);
  });
});
