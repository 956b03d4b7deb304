import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { eventually } from '../support/eventually';
import { main } from '../support/vscode/program';
import { addRecording } from '../support/vscode/workspace';
import { Stage } from './stage';

const recording = 'standup.mp3';

/** Shows the whole way from a right click to a note, in a real VS Code and without an account. */
main(async () => {
  console.log(
    'A scripted server on this machine stands in for AssemblyAI. It recognises nothing: whatever is sent to it,',
  );
  console.log('its answer is the transcript that is known of the sample recording.\n');
  const stage = await Stage.start('demo', { service: { pace: { finishMs: 3_000 } } });
  try {
    const folder = await stage.folder();
    await addRecording(folder, recording);
    console.log(`VS Code with the packaged extension is open on a folder with ${recording}.`);
    const workbench = await stage.open(folder);
    await workbench.explorer.openMenuWith('Transcribe', recording);
    const pictures = [await workbench.screenshot('demo-1-menu')];
    console.log(`Right click on ${recording}, Transcribe …`);
    await workbench.explorer.pick('Transcribe');
    await workbench.notifications.waitFor(/Processing/);
    pictures.push(await workbench.screenshot('demo-2-progress'));
    const note = join(folder, 'standup.transcript.md');
    const text = await eventually(() => readFile(note, 'utf8'));
    await workbench.editors.waitForActive(basename(note));
    await workbench.notifications.waitForNone();
    await workbench.explorer.row(basename(note));
    pictures.push(await workbench.screenshot('demo-3-note'));
    console.log(`\n${basename(note)}:\n\n${text}\nPictures:\n${pictures.join('\n')}`);
    return 0;
  } finally {
    await stage.stop();
  }
});
