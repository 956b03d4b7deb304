import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { eventually } from '../support/eventually';
import { compareWithReference, readReference } from '../support/reference';
import { main } from '../support/vscode/program';
import { addRecording, sampleRecording } from '../support/vscode/workspace';
import { Stage } from './stage';

const recording = 'standup.mp3';

/** Shows how a right click becomes a note, in a real VS Code, on this machine and without an account. */
main(async () => {
  const stage = await Stage.start('demo', { environmentKey: undefined });
  try {
    const folder = await stage.folder();
    await addRecording(folder, recording);
    console.log(`VS Code with the packaged extension is open on a folder with ${recording}.`);
    const workbench = await stage.open(folder);
    await workbench.explorer.openMenuWith('Transcribe', recording);
    const pictures = [await workbench.screenshot('demo-1-menu')];
    console.log(`Right click on ${recording}, Transcribe, on this machine …`);
    await workbench.explorer.pick('Transcribe');
    await workbench.quickInput.waitFor('Where should this be transcribed?');
    pictures.push(await workbench.screenshot('demo-2-choice'));
    await workbench.quickInput.choose('Transcribe on this machine');
    await workbench.notifications.waitFor(/[1-9]\d*% transcribed/);
    pictures.push(await workbench.screenshot('demo-3-progress'));
    const note = join(folder, 'standup.transcript.md');
    const text = await eventually(() => readFile(note, 'utf8'));
    await workbench.editors.waitForActive(basename(note));
    await workbench.notifications.waitForNone();
    await workbench.explorer.row(basename(note));
    pictures.push(await workbench.screenshot('demo-4-note'));
    const { wordErrorRate, speakerAccuracy } = compareWithReference(
      text,
      await readReference(sampleRecording),
    );
    console.log(`\n${basename(note)}:\n\n${text}`);
    console.log(
      `${percent(wordErrorRate)} of the words are wrong, ${percent(speakerAccuracy)} of the others are`,
    );
    console.log(`under the heading of the one who said them.\n\nPictures:\n${pictures.join('\n')}`);
    return 0;
  } finally {
    await stage.stop();
  }
});

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}
