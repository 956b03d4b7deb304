import { deepStrictEqual, doesNotMatch, match, ok, strictEqual } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseNote } from '../../src/core/note/parseNote';
import { renderNote } from '../../src/core/note/renderNote';
import { parseSidecar, renderSidecar } from '../../src/core/sidecar/sidecar';
import type { TranscriptBody } from '../../src/core/transcript/model';
import { parseTranscript, parseTranscriptBody } from '../../src/core/transcript/parseTranscript';
import { eventually } from '../support/eventually';
import { faults } from '../support/server/faults';
import { addText } from '../support/vscode/workspace';
import type { Workbench } from './pages/workbench';
import { useStage } from './useStage';

const noteName = 'standup.transcript.md';
const note = [
  '---',
  'recording: standup.mp3',
  'transcript: 3f0c2b9e-5a41-4d0b-9d5e-7c1a2e8f6b10',
  'speakers: {A: Maria, B: Tom}',
  '---',
  '',
  '# standup',
  '',
  '## Maria',
  '',
  '[00:00:04](standup.mp3#t=4.2) Did the build pass?',
  '',
  '## Tom',
  '',
  '[00:00:09](standup.mp3#t=9.1) Yes, twice.',
  '',
].join('\n');
const sha256 = 'ab'.repeat(32);
const question = 'Did it pass?';
const modelTitle = 'Choose a Language Model';
const askTitle = 'Ask about “standup”';

/** An answer whose pieces arrive when the test says so. */
class Script {
  private readonly waiting: string[] = [];
  private wake: () => void = () => undefined;
  private isOver = false;

  say(piece: string): void {
    this.waiting.push(piece);
    this.wake();
  }

  end(): void {
    this.isOver = true;
    this.wake();
  }

  async *pieces(): AsyncGenerator<string> {
    while (!this.isOver || this.waiting.length > 0) {
      const piece = this.waiting.shift();
      if (piece === undefined) {
        await new Promise<void>((resolve) => (this.wake = resolve));
      } else {
        yield piece;
      }
    }
  }
}

describe('Ask about Transcript', () => {
  const stage = useStage('ask', { environmentKey: undefined, modelProvider: true });

  it('shows the answer as it arrives, and inserts it into the note without changing the turns', async () => {
    const { folder, workbench } = await openNote();
    const { quickInput, editors, notifications } = workbench;
    const script = new Script();
    stage.current.service.answer(script.pieces());

    await askWithKey(workbench);
    match(await quickInput.detailsOf('GPT-5.2'), /the transcript is sent to 127\.0\.0\.1/);
    await workbench.screenshot('ask-models');
    await quickInput.choose('GPT-5.2');
    await quickInput.waitFor(askTitle);
    await workbench.screenshot('ask-question');
    await quickInput.enter(question);
    await quickInput.accept();

    script.say('Yes, [00:00:09] says **Tom');
    await eventually(async () => match(await shown(workbench), /^# Did it pass\?.* says $/));
    await workbench.screenshot('ask-streaming');
    await editors.typeBeside('Mine. ');
    script.say('**. [Click](command:x) <img src="x">\n\n- twi');
    await eventually(async () => match(await shown(workbench), /\*\*Tom\*\*/));
    doesNotMatch(await shown(workbench), /twice/);
    script.say('ce');
    script.end();
    const message = await notifications.waitFor('GPT-5.2 has answered.');
    await message.hold();
    await eventually(async () =>
      match(
        await shown(workbench),
        /^Mine\. # Did it pass\?.* answered by GPT-5\.2\.\* Yes, .* says \*\*Tom\*\*\. .* - twice $/,
      ),
    );

    const [request] = stage.current.service.requestsOf('chat');
    ok(JSON.stringify(request?.json).includes('[00:00:09] Tom: Yes, twice.'));
    await workbench.screenshot('ask-answered');
    await message.press('Insert into Note');
    await editors.waitForActive(noteName);
    await eventually(async () => match(await editors.visibleText(), /## Question: Did it pass\?/));
    strictEqual(await readFile(join(folder, noteName), 'utf8'), note, 'It was saved without being asked.');
    await workbench.page.keyboard.press('ControlOrMeta+S');
    // While VS Code saves, the file may be empty or incomplete.
    const saved = await eventually(async () => {
      const text = await readFile(join(folder, noteName), 'utf8');
      ok(text !== note);
      deepStrictEqual(parseNote(text).turns, parseNote(note).turns);
      return text;
    });
    ok(
      saved.includes('Yes, [00:00:09](standup.mp3#t=9.1) says **Tom**. \\[Click]\\(command:x) &lt;img src='),
    );
    await workbench.screenshot('ask-inserted');
  });

  it('keeps what has arrived when the user cancels', async () => {
    const { workbench } = await openNote();
    const script = new Script();
    stage.current.service.answer(script.pieces());
    await askWithKey(workbench);
    await workbench.quickInput.choose('GPT-5.2');
    await workbench.quickInput.waitFor(askTitle);
    await workbench.quickInput.enter(question);
    await workbench.quickInput.accept();

    script.say('Yes, said Tom\n\nand');
    await eventually(async () => match(await shown(workbench), /Yes, said Tom/));
    await (await workbench.notifications.waitFor('GPT-5.2 is answering')).press('Cancel');
    await workbench.notifications.waitFor('The answer is cut off.');
    await eventually(async () =>
      match(await shown(workbench), /Yes, said Tom[^]*\*Cut off here: cancelled\.\*/),
    );
  });

  it('says that the gateway is for paid accounts, and offers the models of VS Code', async () => {
    const { workbench } = await openNote();
    stage.current.service.fault('models', faults.noGatewayAccess(), 9);

    await askWithKey(workbench);
    match(
      await workbench.quickInput.detailsOf('AssemblyAI’s models are not available'),
      /paid accounts only/,
    );
    await workbench.screenshot('ask-paid');
    await workbench.quickInput.row('Parrot').waitFor();
    await workbench.quickInput.choose('AssemblyAI’s models are not available');
    const message = await workbench.notifications.waitFor('answers questions for paid accounts only');
    ok((await message.buttons()).includes('Open AssemblyAI'));
  });

  it('asks a model of VS Code without a key, and sends nothing to AssemblyAI', async () => {
    const { workbench } = await openNote();
    const { quickInput } = workbench;
    await workbench.runCommand('Steno: Ask about Transcript…');
    await quickInput.waitFor(modelTitle);
    match(await quickInput.detailsOf('Parrot'), /nothing is sent to AssemblyAI/);
    await quickInput.choose('Parrot');
    await quickInput.waitFor(askTitle);
    await quickInput.enter(question);
    await quickInput.accept();

    await workbench.notifications.waitFor('Parrot has answered.');
    await eventually(async () =>
      match(await shown(workbench), /Maria is there 1 times, at \[00:00:04\] ?\(standup/),
    );
    strictEqual(stage.current.service.requests.length, 0);

    // Steno remembers the model.
    await workbench.runCommand('Steno: Ask about Transcript…');
    await quickInput.waitFor(askTitle);
    await quickInput.waitForMessage('Parrot will answer; nothing is sent to AssemblyAI.');
    await quickInput.enter('Please refuse');
    await quickInput.accept();
    const message = await workbench.notifications.waitFor('saying “I am a parrot”');
    ok((await message.buttons()).includes('Choose Model'));
    await workbench.runCommand('Steno: Summarize Transcript');
    await eventually(async () =>
      match(await shown(workbench), /# Summary of standup[^]*Maria is there 1 times/),
    );
    strictEqual(stage.current.service.requests.length, 0);
  });

  it('gets a summary and names from AssemblyAI for the note and its sidecar', async () => {
    const { service } = stage.current;
    const body = await transcribeElsewhere();
    const folder = await stage.current.folder();
    const options = { title: 'talk', recording: 'talk.mp3', createdAt: '2026-11-22T09:30:00Z' };
    const plain = renderNote(parseTranscript(body), options);
    await addText(folder, 'talk.transcript.md', plain);
    await addText(
      folder,
      'talk.mp3.aai.json',
      renderSidecar({ source: 'talk.mp3', transcript: body, sha256 }),
    );
    await addText(folder, '.vscode/settings.json', '{"steno.people": ["Maria", "Tom"]}');
    const workbench = await stage.current.open(folder);
    const { quickInput, editors } = workbench;
    await workbench.explorer.open('talk.transcript.md');
    await editors.waitForActive('talk.transcript.md');

    await workbench.runCommand('Steno: Analyze Transcript with AssemblyAI…');
    await quickInput.waitFor('AssemblyAI API Key');
    await quickInput.enter('test-key');
    await quickInput.accept();
    await quickInput.waitFor('Analyze “talk”');
    match(await quickInput.detailsOf('Names of Speakers'), /Maria, Tom/);
    await quickInput.choose('Summary…');
    await quickInput.choose('Names of Speakers');
    await workbench.screenshot('understand-choices');
    await quickInput.accept();
    await quickInput.choose('Bullet Points');
    await eventually(async () =>
      match(await editors.visibleText(), /## Summary[^]*What it is about[^]*## Maria/),
    );
    await workbench.screenshot('understand-note');

    const [request] = service.requestsOf('understanding');
    deepStrictEqual(request?.json, {
      transcript_id: body.id,
      speech_understanding: {
        request: {
          summarization: { summary_type: 'bullets' },
          speaker_identification: { speaker_type: 'name', known_values: ['Maria', 'Tom'] },
        },
      },
    });
    strictEqual(await readFile(join(folder, 'talk.transcript.md'), 'utf8'), plain);
    const sidecar = await eventually(async () => {
      const read = parseSidecar(await readFile(join(folder, 'talk.mp3.aai.json'), 'utf8'));
      ok(read !== undefined && parseTranscript(read.transcript).results.summaryParts.length > 0);
      return read;
    });
    strictEqual(sidecar.sha256, sha256);
    ok(parseTranscript(sidecar.transcript).utterances.some(({ speaker }) => speaker === 'Maria'));
    await workbench.page.keyboard.press('ControlOrMeta+Z');
    await eventually(async () => doesNotMatch(await editors.visibleText(), /## Summary|## Maria/));
  });

  /** Makes a transcript of two speakers with the same key, as another program would. */
  async function transcribeElsewhere(): Promise<TranscriptBody> {
    const { service } = stage.current;
    const headers = { authorization: 'test-key', 'content-type': 'application/json' };
    const json = { audio_url: 'https://example.test/talk.mp3', speaker_labels: true };
    const submit = { method: 'POST', headers, body: JSON.stringify(json) };
    const { id } = parseTranscriptBody(await (await fetch(`${service.url}/v2/transcript`, submit)).json());
    service.complete(id);
    return parseTranscriptBody(await (await fetch(`${service.url}/v2/transcript/${id}`, { headers })).json());
  }

  /** The visible text of the answer, without line breaks. */
  async function shown({ editors }: Workbench): Promise<string> {
    return (await editors.visibleTextBeside()).replaceAll(/\s+/g, ' ');
  }

  async function openNote(): Promise<{ folder: string; workbench: Workbench }> {
    const folder = await stage.current.folder();
    await addText(folder, noteName, note);
    const workbench = await stage.current.open(folder);
    await workbench.explorer.open(noteName);
    await workbench.editors.waitForActive(noteName);
    return { folder, workbench };
  }

  /** Asks, enters the key, and waits for the list with the models of AssemblyAI's gateway. */
  async function askWithKey(workbench: Workbench): Promise<void> {
    const { quickInput } = workbench;
    await workbench.runCommand('Steno: Ask about Transcript…');
    await quickInput.waitFor(modelTitle);
    await quickInput.choose('Enter AssemblyAI key');
    await quickInput.waitFor('AssemblyAI API Key');
    await quickInput.enter('test-key');
    await quickInput.accept();
    await quickInput.waitFor(modelTitle);
  }
});
