import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { eventually } from '../support/eventually';
import { addRecording } from '../support/vscode/workspace';
import { filesContaining, knownWords } from './files';
import type { Workbench } from './pages/workbench';
import { useStage } from './useStage';

/** Unlike any other text, so that the test can search for them. */
const goodKey = '5f1e0c6b9a7d4e2f8b3c1d0a9e8f7b6c';
const wrongKey = '0000deadbeef0000deadbeef00000000';

const choiceTitle = 'Where should this be transcribed?';
const boxTitle = 'AssemblyAI API Key';

describe('API key', () => {
  const stage = useStage('keys', { environmentKey: undefined, service: { keys: [goodKey] } });

  async function openWith(
    ...recordings: readonly string[]
  ): Promise<{ folder: string; workbench: Workbench }> {
    const folder = await stage.current.folder();
    for (const recording of recordings) {
      await addRecording(folder, recording);
    }
    return { folder, workbench: await stage.current.open(folder) };
  }

  it('is requested with the first recording, checked at once, and stored', async () => {
    const { folder, workbench } = await openWith('first.mp3', 'second.mp3');
    const { quickInput, explorer, editors } = workbench;

    await explorer.choose('Transcribe', 'first.mp3');
    await quickInput.waitFor(choiceTitle);
    await workbench.screenshot('key-choice');
    await quickInput.choose('Enter AssemblyAI key');
    await quickInput.waitFor(boxTitle);
    ok(await quickInput.isSecret());
    await quickInput.enter(wrongKey);
    await quickInput.accept();
    await quickInput.waitForMessage('refused');
    await workbench.screenshot('key-refused');
    await quickInput.enter(goodKey);
    await quickInput.accept();
    await editors.waitForActive('first.transcript.md');
    await editors.waitForFocus();
    ok((await readFile(join(folder, 'first.transcript.md'), 'utf8')).includes(knownWords));

    await explorer.choose('Transcribe', 'second.mp3');
    await editors.waitForActive('second.transcript.md');
  });

  it('is not written to any file', async () => {
    const { folder, workbench } = await openWith('first.mp3');
    const { quickInput, notifications, explorer, editors } = workbench;
    await workbench.runCommand('Steno: Set API Key');
    await quickInput.waitFor(boxTitle);
    await quickInput.enter(wrongKey);
    await quickInput.accept();
    await quickInput.waitForMessage('refused');
    await quickInput.enter(goodKey);
    await quickInput.accept();
    await notifications.waitFor('accepted the key');
    await explorer.choose('Transcribe', 'first.mp3');
    await editors.waitForActive('first.transcript.md');

    await eventually(async () =>
      match(
        await stage.current.extensionLog(),
        new RegExp(`Wrote .*${basename(folder)}/first\\.transcript\\.md`),
      ),
    );
    for (const key of [goodKey, wrongKey]) {
      for (const place of [folder, stage.current.vscode.serverDataDir]) {
        deepStrictEqual(await filesContaining(place, key), [], `Files with the key in ${place}`);
      }
    }
  });

  it('can be removed', async () => {
    const { workbench } = await openWith('first.mp3');
    const { quickInput, notifications } = workbench;
    await workbench.runCommand('Steno: Set API Key');
    await quickInput.waitFor(boxTitle);
    await quickInput.enter(goodKey);
    await quickInput.accept();
    await notifications.waitFor('accepted the key');

    await workbench.runCommand('Steno: Remove API Key');
    await notifications.waitFor(/The key for .* was removed/);
    await workbench.explorer.choose('Transcribe', 'first.mp3');
    await quickInput.waitFor(choiceTitle);
  });

  it('is optional: when the user cancels, nothing is sent', async () => {
    const { workbench } = await openWith('first.mp3');
    await workbench.explorer.choose('Transcribe', 'first.mp3');
    await workbench.quickInput.waitFor(choiceTitle);
    await workbench.quickInput.cancel();

    await workbench.explorer.choose('Transcribe', 'first.mp3');
    await workbench.quickInput.waitFor(choiceTitle);
    await workbench.quickInput.choose('Enter AssemblyAI key');
    await workbench.quickInput.waitFor(boxTitle);
    await workbench.quickInput.cancel();

    deepStrictEqual(await workbench.notifications.texts(), []);
    strictEqual(stage.current.service.requests.length, 0);
  });
});

describe('API key in the environment', () => {
  const stage = useStage('keys-environment', { environmentKey: wrongKey, service: { keys: [goodKey] } });

  it('that is wrong leads to a message with a button to set another', async () => {
    const folder = await stage.current.folder();
    await addRecording(folder, 'first.mp3');
    const workbench = await stage.current.open(folder);

    await workbench.explorer.choose('Transcribe', 'first.mp3');
    const message = await workbench.notifications.waitFor('does not accept the API key');
    await workbench.screenshot('key-rejected');
    await message.press('Set API Key');
    await workbench.quickInput.waitFor(boxTitle);
    await workbench.quickInput.enter(goodKey);
    await workbench.quickInput.accept();
    await workbench.editors.waitForActive('first.transcript.md');
  });
});
