import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readObject, omit } from '../../src/core/json';
import { eventually } from '../support/eventually';
import { faults } from '../support/server/faults';
import { fullBody } from '../support/server/fullBody';
import { addRecording, addText } from '../support/vscode/workspace';
import { filesContaining } from './files';
import type { Workbench } from './pages/workbench';
import { useStage } from './useStage';

const command = 'Transcribe with Options…';
const models = ['assemblyai-stt-3-7', 'universal-2'];

/** Unlike any other text, so that the test can search for it. */
const secret = 'c41d8a70be52f963';

describe('Options', () => {
  const stage = useStage('options');

  /** Opens a window on a folder with recordings and these workspace settings. */
  async function openWith(
    settings: Readonly<Record<string, unknown>>,
    ...others: readonly string[]
  ): Promise<{ folder: string; workbench: Workbench }> {
    const folder = await stage.current.folder();
    await Promise.all(['talk.mp3', ...others].map((name) => addRecording(folder, name)));
    await addText(folder, '.vscode/settings.json', JSON.stringify(settings, undefined, 2));
    await addText(folder, 'ops.terms', '# What we run\nKubernetes\netcd cluster\n');
    return { folder, workbench: await stage.current.open(folder) };
  }

  /** The submitted options, without the address of the upload. */
  function submitted(): Readonly<Record<string, unknown>> {
    const bodies = stage.current.service.requestsOf('submit').map(({ json }) => json);
    strictEqual(bodies.length, 1);
    return omit(readObject(bodies[0]), 'audio_url');
  }

  it('that the user chose are sent, with the glossary, and no others', async () => {
    const settings = { 'cSpell.words': ['rollout'], 'steno.people': ['Maria', 'Tom'] };
    const { workbench } = await openWith(settings);
    const { quickInput, explorer, editors } = workbench;
    const sheet = 'Conversation: talk.mp3';

    await explorer.choose(command, 'talk.mp3');
    await quickInput.waitFor('Transcribe talk.mp3');
    await quickInput.choose('Conversation');
    await quickInput.waitFor(sheet);
    await quickInput.waitForDetails('Language', 'Detected');
    await quickInput.waitForDetails('Key terms', '3 terms from ops.terms and cSpell.words');
    await quickInput.choose('Language');
    await quickInput.waitFor('Language');
    await quickInput.choose('English');
    await quickInput.waitFor(sheet);
    await quickInput.choose('Speakers');
    await quickInput.choose('A number or a range…');
    await quickInput.waitFor('Number of Speakers');
    await quickInput.enter('2-4');
    await quickInput.accept();
    await quickInput.waitFor(sheet);
    await quickInput.waitForDetails('Speakers', '2 to 4 speakers');
    await quickInput.choose('Names');
    await quickInput.waitFor('Names');
    await quickInput.choose('Tom');
    await quickInput.accept();
    await quickInput.waitFor(sheet);
    await quickInput.waitForDetails('Names', 'Tom');
    await quickInput.choose('Key terms');
    await quickInput.waitFor('Key Terms');
    await quickInput.choose('cSpell.words');
    await quickInput.accept();
    await quickInput.waitFor(sheet);
    await quickInput.waitForDetails('Key terms', '2 terms from ops.terms');
    await workbench.screenshot('options');
    await quickInput.choose('Transcribe');
    await editors.waitForActive('talk.transcript.md');

    deepStrictEqual(submitted(), {
      speech_models: models,
      speaker_labels: true,
      language_code: 'en',
      speaker_options: { min_speakers_expected: 2, max_speakers_expected: 4 },
      keyterms_prompt: ['Kubernetes', 'etcd cluster'],
      speech_understanding: {
        request: { speaker_identification: { speaker_type: 'name', known_values: ['Tom'] } },
      },
    });
  });

  it('with errors are underlined, and refused before anything is sent', async () => {
    const clash = { language_code: 'de', language_detection: true };
    const presets = { Broken: { speaker_labels: 'yes', ...clash, speaker_label: true }, Meeting: clash };
    const { workbench } = await openWith({ 'steno.presets': presets });
    const { quickInput, explorer, editors, notifications } = workbench;

    await explorer.choose(command, 'talk.mp3');
    await quickInput.waitFor('Transcribe talk.mp3');
    await quickInput.waitForDetails('Meeting', 'The workspace’s preset with this name is not used');
    await quickInput.choose('Broken');
    const message = await notifications.waitFor('Nothing was sent, since the options (Broken) need a change');
    ok((await message.text()).includes('speaker_labels'));
    await workbench.screenshot('options-refused');
    await message.press('Edit Presets');
    await editors.waitForSquiggle();
    await workbench.screenshot('options-squiggle');
    await editors.waitForProblems([
      'language_code and language_detection exclude each other: either name the language, or have it found.',
      'Steno does not know this parameter; it is sent as it stands.',
    ]);
    strictEqual(stage.current.service.requests.length, 0);
  });

  it('with a webhook prompt for its secret, which is not written to any file', async () => {
    const hook = { webhook_url: 'https://hooks.example.com/x', webhook_auth_header_name: 'X-Token' };
    const { folder, workbench } = await openWith({ 'steno.presets': { Hooked: hook } });
    const { quickInput, explorer, editors } = workbench;

    await explorer.choose(command, 'talk.mp3');
    await quickInput.waitFor('Transcribe talk.mp3');
    await quickInput.choose('Hooked');
    await quickInput.waitForDetails('Webhook', 'hooks.example.com');
    await quickInput.choose('Transcribe');
    await quickInput.waitFor('Set Webhook Secret');
    ok(await quickInput.isSecret());
    strictEqual(stage.current.service.requests.length, 0);
    await quickInput.enter(secret);
    await quickInput.accept();
    await editors.waitForActive('talk.transcript.md');

    strictEqual(submitted()['webhook_auth_header_value'], secret);
    await eventually(() => stage.current.extensionLog());
    for (const place of [folder, stage.current.vscode.serverDataDir]) {
      deepStrictEqual(await filesContaining(place, secret), [], `Files with the secret in ${place}`);
    }
  });

  it('bring their results into the note and beside the recording; then the transcript is deleted', async () => {
    const everything = {
      speaker_labels: true,
      language_detection: true,
      entity_detection: true,
      sentiment_analysis: true,
      redact_pii: true,
      redact_pii_policies: ['phone_number'],
      redact_pii_audio: true,
      speech_understanding: { request: { summarization: { summary_type: 'bullets' }, action_items: {} } },
      steno: { deleteAfterSaving: true },
    };
    const { folder, workbench } = await openWith({ 'steno.presets': { Everything: everything } });
    const { quickInput, explorer, editors } = workbench;
    const { service } = stage.current;
    service.plan({ results: fullBody('en') });

    await explorer.choose(command, 'talk.mp3');
    await quickInput.waitFor('Transcribe talk.mp3');
    await quickInput.choose('Everything');
    await quickInput.waitForDetails('Delete at AssemblyAI after saving', 'Yes');
    await quickInput.choose('Transcribe');
    await editors.waitForActive('talk.transcript.md');

    const note = await readFile(join(folder, 'talk.transcript.md'), 'utf8');
    for (const heading of ['Summary', 'Action items', 'Maria', 'Entities', 'Sentiment']) {
      ok(note.includes(`\n## ${heading}\n`), heading);
    }
    await workbench.screenshot('everything');
    await eventually(() => {
      strictEqual(service.jobs[0]?.body['text'], 'Deleted by user.');
      ok(existsSync(join(folder, 'talk.redacted.mp3')));
    });
    const order = service.requests.map(({ route }) => route);
    ok(order.indexOf('redacted-file') < order.indexOf('delete'), order.join(', '));
  });

  it('can be cancelled or saved as a preset, and nothing is sent', async () => {
    const { folder, workbench } = await openWith({}, 'week/monday.mp3', 'week/tuesday.mp3');
    const { quickInput, explorer } = workbench;
    await explorer.choose(command, 'week');
    await quickInput.waitFor('Transcribe 2 recordings');
    await quickInput.cancel();
    await explorer.choose(command, 'talk.mp3');
    await quickInput.waitFor('Transcribe talk.mp3');
    await quickInput.choose('Sensitive');
    await quickInput.waitFor('Sensitive: talk.mp3');
    await workbench.page.keyboard.press('Escape');
    await quickInput.waitFor('Transcribe talk.mp3');
    await quickInput.choose('Lecture');
    await quickInput.waitFor('Lecture: talk.mp3');
    await quickInput.choose('Delete at AssemblyAI after saving');
    await quickInput.waitForDetails('Delete at AssemblyAI after saving', 'Yes');
    await quickInput.choose('More…');
    await quickInput.chooseFrom('Save as Preset', 'User settings');
    await quickInput.waitForMessage('Name of the preset');
    await workbench.page.keyboard.press('Escape');
    await quickInput.waitFor('Lecture: talk.mp3');
    await quickInput.waitForDetails('Delete at AssemblyAI after saving', 'Yes');
    await quickInput.choose('More…');
    await quickInput.chooseFrom('Save as Preset', 'Workspace settings');
    await quickInput.enter('Talks');
    await quickInput.accept();

    await eventually(async () => {
      const settings: unknown = JSON.parse(await readFile(join(folder, '.vscode/settings.json'), 'utf8'));
      const { steno, ...options } = readObject(readObject(readObject(settings)['steno.presets'])['Talks']);
      strictEqual(readObject(steno)['deleteAfterSaving'], true);
      deepStrictEqual(options, {
        speech_models: models,
        language_detection: true,
        speech_understanding: { request: { summarization: { summary_type: 'paragraph' } } },
      });
    });
    strictEqual(stage.current.service.requests.length, 0);
  });

  it('are kept when recordings are cancelled and continued', async () => {
    const { workbench } = await openWith({}, 'monday.mp3', 'tuesday.mp3');
    const { quickInput, explorer, notifications } = workbench;
    const { service } = stage.current;
    service.fault('upload', faults.stall(), 2);

    await explorer.choose(command, 'monday.mp3', 'tuesday.mp3');
    await quickInput.waitFor('Transcribe 2 recordings');
    await quickInput.choose('Interview');
    await quickInput.waitFor('Interview: 2 recordings');
    await quickInput.choose('Transcribe');
    await service.arrived('upload', 2);
    await (await notifications.waitFor('Transcribing 2 recordings')).press('Cancel');
    await (await notifications.waitFor('2 stopped.')).press('Continue');
    await notifications.waitFor('2 of 2 recordings transcribed.');
    const asked = service.requestsOf('submit').map(({ json }) => readObject(json)['speaker_options']);
    const two = { min_speakers_expected: 2, max_speakers_expected: 2 };
    deepStrictEqual(asked, [two, two]);
  });

  it('on this machine are only the speakers', async () => {
    await stage.current.configure({ 'steno.engine': 'local' });
    const { workbench } = await openWith({});
    const { quickInput, explorer } = workbench;
    await explorer.choose(command, 'talk.mp3');
    await quickInput.waitFor('Options Need AssemblyAI');
    await quickInput.row('Use AssemblyAI').waitFor();
    await quickInput.choose('Stay on this machine');
    await quickInput.waitFor('On this machine: talk.mp3');
    await quickInput.waitForDetails('Speakers', 'Told apart');
    strictEqual(await quickInput.row('Language').count(), 0);
    await workbench.screenshot('options-local');
    await quickInput.cancel();
  });

  it('apply to a recording on the web, whose note is written into the chosen folder', async () => {
    const { folder, workbench } = await openWith({});
    const { quickInput, editors } = workbench;
    await workbench.runCommand('Steno: Transcribe from URL…');
    await quickInput.waitFor('Transcribe from URL');
    await quickInput.row('AssemblyAI’s sample').waitFor();
    await quickInput.enter('https://www.youtube.com/watch?v=1');
    await quickInput
      .row('Pages of YouTube do not work. Use a direct link to an audio or video file.')
      .waitFor();
    await quickInput.enter('https://example.com/our%20talk.mp3');
    await workbench.screenshot('url');
    await quickInput.choose('Transcribe our talk.mp3');
    await quickInput.choose(basename(folder));
    await quickInput.choose('Conversation');
    await quickInput.waitFor('Conversation: our talk.mp3');
    await quickInput.choose('Transcribe');
    await editors.waitForActive('our talk.transcript.md');

    const [request] = stage.current.service.requestsOf('submit');
    strictEqual(readObject(request?.json)['audio_url'], 'https://example.com/our%20talk.mp3');
    strictEqual(stage.current.service.requestsOf('upload').length, 0);
    ok(existsSync(join(folder, 'our talk.transcript.md')));
  });
});
