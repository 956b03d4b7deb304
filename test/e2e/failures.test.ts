import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { faults } from '../support/server/faults';
import { addRecording, addText } from '../support/vscode/workspace';
import { knownWords } from './files';
import type { Workbench } from './pages/workbench';
import { useStage } from './useStage';

const note = 'standup.transcript.md';

/** A fault that the client retries without waiting. */
const failing = faults.answer(500, '{"error":"Internal Server Error"}', { 'retry-after': '0' });

const negativeBalance = 'Your current account balance is negative. Please top up to continue using the API.';

describe('When something goes wrong', () => {
  const stage = useStage('failures');

  async function openWith(recording: string): Promise<{ folder: string; workbench: Workbench }> {
    const folder = await stage.current.folder();
    await addRecording(folder, recording);
    return { folder, workbench: await stage.current.open(folder) };
  }

  it('at the service, Steno retries by itself', async () => {
    const { workbench } = await openWith('standup.mp3');
    stage.current.service.fault('upload', failing, 5);

    await workbench.explorer.choose('Transcribe', 'standup.mp3');
    await workbench.notifications.waitFor(/HTTP 500.* Next try in 0:\d\d/);
    await workbench.screenshot('failure');
    await workbench.editors.waitForActive(note);
    strictEqual(stage.current.service.requestsOf('upload').length, 6);
  });

  it('with the account, the user can retry', async () => {
    const { folder, workbench } = await openWith('standup.mp3');
    stage.current.service.fault('submit', faults.error(400, negativeBalance));

    await workbench.explorer.choose('Transcribe', 'standup.mp3');
    const message = await workbench.notifications.waitFor('account’s balance');
    await workbench.screenshot('balance');
    deepStrictEqual(await message.buttons(), ['Open AssemblyAI', 'Retry']);
    ok(!existsSync(join(folder, note)));
    await message.press('Retry');
    await workbench.editors.waitForActive(note);
    strictEqual(stage.current.service.requestsOf('upload').length, 1);
  });

  it('with the job, Steno says why', async () => {
    const { workbench } = await openWith('silence.mp3');
    stage.current.service.plan({
      error: 'language_detection cannot be performed on files with no spoken audio.',
    });

    await workbench.explorer.choose('Transcribe', 'silence.mp3');
    const message = await workbench.notifications.waitFor('No speech was found in');
    ok((await message.text()).includes(stage.current.service.jobs[0]?.id ?? 'no job'));
  });

  it('with a key that is refused halfway, nothing is lost', async () => {
    const { folder, workbench } = await openWith('standup.mp3');
    stage.current.service.fault('get', faults.error(401, 'Authentication error, API token missing/invalid'));

    await workbench.explorer.choose('Transcribe', 'standup.mp3');
    await workbench.notifications.waitFor('does not accept the API key');
    await workbench.explorer.choose('Transcribe', 'standup.mp3');
    await workbench.editors.waitForActive(note);
    ok((await readFile(join(folder, note), 'utf8')).includes(knownWords));
    strictEqual(stage.current.service.requestsOf('submit').length, 1);
  });

  for (const [what, make, sentence] of [
    ['a text file named like a recording', (file: string) => writeFile(file, 'Only words.\n'), 'is a text'],
    ['an empty file', (file: string) => writeFile(file, ''), 'is empty'],
    [
      'a file above the limit',
      async (file: string) => {
        await writeFile(file, Buffer.from([0xff, 0xfb, 0x90, 0x00]));
        await truncate(file, 2_200_000_001);
      },
      'is too large',
    ],
    ['a broken link', (file: string) => symlink('nowhere.mp3', file), 'does not exist'],
  ] as const) {
    it(`with ${what}, nothing is sent`, async () => {
      const folder = await stage.current.folder();
      await make(join(folder, 'odd.mp3'));
      const workbench = await stage.current.open(folder);

      await workbench.explorer.choose('Transcribe', 'odd.mp3');
      await workbench.notifications.waitFor(sentence);
      strictEqual(stage.current.service.requests.length, 0);
    });
  }

  it('with one of several recordings, the others are transcribed', async () => {
    const folder = await stage.current.folder();
    await addRecording(folder, 'standup.mp3');
    await addText(folder, 'words.mp3', 'Only words.\n');
    const workbench = await stage.current.open(folder);

    await workbench.explorer.choose('Transcribe', 'words.mp3', 'standup.mp3');
    const message = await workbench.notifications.waitFor('1 of 2 recordings transcribed.');
    ok((await message.text()).includes('words.mp3'));
    ok(existsSync(join(folder, note)));
  });
});

describe('Cancel', () => {
  const stage = useStage('cancel');

  async function transcribe(name = 'standup.mp3'): Promise<{ folder: string; workbench: Workbench }> {
    const folder = await stage.current.folder();
    await addRecording(folder, name);
    const workbench = await stage.current.open(folder);
    await workbench.explorer.choose('Transcribe', name);
    return { folder, workbench };
  }

  it('during the upload leaves nothing behind', async () => {
    stage.current.service.fault('upload', faults.stall(1000));
    const { folder, workbench } = await transcribe();

    const progress = await workbench.notifications.waitFor(/Upload(ing|ed)/);
    await workbench.screenshot('uploading');
    await progress.press('Cancel');
    await workbench.waitForStatus('Cancelled: standup.mp3 is not transcribed');
    await workbench.notifications.waitForNone();
    strictEqual(stage.current.service.requestsOf('submit').length, 0);
    ok(!existsSync(join(folder, note)));
  });

  async function cancelledAfterSubmit(name: string): Promise<{ folder: string; workbench: Workbench }> {
    stage.current.service.fault('get', faults.silence());
    const { folder, workbench } = await transcribe(name);
    await stage.current.service.arrived('get');
    await workbench.transcripts.open();
    await workbench.transcripts.waitFor(name);
    const progress = await workbench.notifications.waitFor(/Transcribing/);
    await progress.press('Cancel');
    await workbench.dialog.waitFor(/it runs on, and will be billed/);
    return { folder, workbench };
  }

  it('after the submit leaves the job running on Enter, to collect it later', async () => {
    const { folder, workbench } = await cancelledAfterSubmit('standup.mp3');
    await workbench.screenshot('cancelled');
    await workbench.dialog.enter();
    await workbench.transcripts.waitFor('standup.mp3', 'Collect it');
    await workbench.screenshot('left');
    await workbench.transcripts.press('Collect', 'standup.mp3');
    await workbench.editors.waitForActive(note);
    ok((await readFile(join(folder, note), 'utf8')).includes(knownWords));
    strictEqual(stage.current.service.requestsOf('upload').length, 1);
    strictEqual(stage.current.service.requestsOf('submit').length, 1);
  });

  it('after the submit can forget the job', async () => {
    // With a unique name, since the view also shows jobs of earlier tests.
    const { folder, workbench } = await cancelledAfterSubmit('private.mp3');
    await workbench.dialog.press('Forget');
    await workbench.transcripts.waitUntilGone('private.mp3');
    ok(!existsSync(join(folder, 'private.transcript.md')));
  });
});

describe('A note that exists', () => {
  const stage = useStage('existing-note');
  const edited = '# standup\n\nEdited by hand.\n';

  async function transcribeAgain(): Promise<{ folder: string; workbench: Workbench }> {
    const folder = await stage.current.folder();
    await addRecording(folder, 'standup.mp3');
    await addText(folder, note, edited);
    const workbench = await stage.current.open(folder);
    await workbench.explorer.choose('Transcribe', 'standup.mp3');
    await workbench.dialog.waitFor(note);
    return { folder, workbench };
  }

  it('is opened instead on Enter', async () => {
    const { folder, workbench } = await transcribeAgain();
    await workbench.screenshot('existing-note');
    await workbench.dialog.enter();
    await workbench.editors.waitForActive(note);
    strictEqual(await readFile(join(folder, note), 'utf8'), edited);
    strictEqual(stage.current.service.requests.length, 0);
  });

  it('can be kept beside a new one', async () => {
    const { folder, workbench } = await transcribeAgain();
    await workbench.dialog.press('Keep Both');
    const second = 'standup.transcript-2.md';
    await workbench.editors.waitForActive(second);
    strictEqual(await readFile(join(folder, note), 'utf8'), edited);
    ok((await readFile(join(folder, second), 'utf8')).includes(knownWords));
  });

  it('can be compared with a new one', async () => {
    const { folder, workbench } = await transcribeAgain();
    await workbench.dialog.press('Compare');
    await workbench.editors.waitForComparison();
    await eventually(async () => ok((await workbench.editors.titles()).some((title) => title.includes('↔'))));
    await workbench.screenshot('comparison');
    strictEqual(await readFile(join(folder, note), 'utf8'), edited);
  });

  it('stays as it is when the dialog is cancelled', async () => {
    const { folder, workbench } = await transcribeAgain();
    await workbench.dialog.press('Cancel');
    strictEqual(await readFile(join(folder, note), 'utf8'), edited);
    strictEqual(stage.current.service.requests.length, 0);
  });
});
