import { match, ok, strictEqual } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseNote } from '../../src/core/note/parseNote';
import { eventually } from '../support/eventually';
import { longTranscriptBody } from '../support/longTranscript';
import { addRecording } from '../support/vscode/workspace';
import { useStage } from './useStage';

describe('A recording of ten hours', () => {
  const results = longTranscriptBody({ hours: 10, words: 100_000, utterances: 9_000, speakers: 4 });
  const stage = useStage('long-note', { service: { results } });

  it('becomes a note that can be scrolled and edited at once', async () => {
    const folder = await stage.current.folder();
    await addRecording(folder, 'conference.mp3');
    const workbench = await stage.current.open(folder);

    await workbench.explorer.choose('Transcribe', 'conference.mp3');
    await workbench.editors.waitForActive('conference.transcript.md');
    const text = await readFile(join(folder, 'conference.transcript.md'), 'utf8');
    const words = parseNote(text).turns.flatMap(({ paragraphs }) =>
      paragraphs.flatMap((each) => each.text.split(' ')),
    );
    strictEqual(words.length, 100_000);

    await workbench.editors.waitForFocus();
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.type('the very end');
    await eventually(async () => match(await workbench.editors.visibleText(), /the very end/));
    await workbench.page.keyboard.press('Control+s');
    await eventually(async () => {
      ok((await readFile(join(folder, 'conference.transcript.md'), 'utf8')).endsWith('the very end'));
    });
  });
});
