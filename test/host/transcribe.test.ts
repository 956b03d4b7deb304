import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { commands, ConfigurationTarget, Uri, window, workspace } from 'vscode';
import { configure } from './configure';
import { sampleRecording } from '../support/vscode/workspace';
import { startScriptedServer, type ScriptedServer } from '../support/server/scriptedServer';

const key = 'host-test-key';
let server: ScriptedServer;
let folder: string;

async function addRecording(name: string): Promise<Uri> {
  const file = path.join(folder, name);
  await copyFile(sampleRecording, file);
  return Uri.file(file);
}

const inFolder = (name: string): string => path.join(folder, name);

describe('Transcribe', () => {
  before(async () => {
    server = await startScriptedServer({ keys: [key] });
    process.env['ASSEMBLYAI_API_KEY'] = key;
    await configure({ 'steno.region': 'custom', 'steno.customBaseUrl': server.url });
  });

  beforeEach(async function () {
    const root = workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(root);
    folder = path.join(root, `t${Date.now()}`);
    await mkdir(folder);
  });

  afterEach(() => commands.executeCommand('workbench.action.closeAllEditors'));

  after(async () => {
    delete process.env['ASSEMBLYAI_API_KEY'];
    await configure({ 'steno.region': undefined, 'steno.customBaseUrl': undefined });
    await server.close();
  });

  it('writes and opens a note, and a sidecar, with one upload and one submit', async () => {
    const recording = await addRecording('stand up #1.mp3');
    const uploads = server.requestsOf('upload').length;
    await commands.executeCommand('steno.transcribe', recording);
    const note = inFolder('stand up #1.transcript.md');
    assert.equal(window.activeTextEditor?.document.uri.fsPath, note);
    const text = await readFile(note, 'utf8');
    assert.match(text, /^# stand up #1$|^# stand up \\#1$/m);
    assert.match(
      text,
      /^## Speaker A\n\n\[00:00:00\]\(stand%20up%20%231\.mp3#t=0\.5\) Good morning, everyone\./m,
    );
    const sidecar = JSON.parse(await readFile(inFolder('stand up #1.mp3.aai.json'), 'utf8')) as {
      status: string;
    };
    assert.equal(sidecar.status, 'completed');
    assert.equal(server.requestsOf('upload').length, uploads + 1);
    assert.equal(server.requestsOf('submit').at(-1)?.headers.authorization, key);
    assert.ok(!text.includes(key) && !JSON.stringify(sidecar).includes(key));
  });

  it('uses a finished transcript beside an unchanged recording', async () => {
    const recording = await addRecording('talk.mp3');
    await commands.executeCommand('steno.transcribe', recording);
    await rm(inFolder('talk.transcript.md'));
    const before = server.requests.length;
    await commands.executeCommand('steno.transcribe', recording);
    assert.match(await readFile(inFolder('talk.transcript.md'), 'utf8'), /^# talk$/m);
    assert.equal(server.requests.length, before);
  });

  it('does not ask about the price of a recording that is transcribed already', async () => {
    const recording = await addRecording('talk.mp3');
    await commands.executeCommand('steno.transcribe', recording);
    await rm(inFolder('talk.transcript.md'));
    await configure({ 'steno.askAboveMinutes': 0 });
    try {
      await commands.executeCommand('steno.transcribe', recording);
    } finally {
      await configure({ 'steno.askAboveMinutes': undefined });
    }
    assert.match(await readFile(inFolder('talk.transcript.md'), 'utf8'), /^# talk$/m);
  });

  it('writes the note where the setting says, with links back to the recording', async () => {
    const recording = await addRecording('talk.mp3');
    await configure({ 'steno.notePath': '${recordingFolder}/notes/${recordingName}.md' });
    try {
      await commands.executeCommand('steno.transcribe', recording);
    } finally {
      await configure({ 'steno.notePath': undefined });
    }
    assert.match(await readFile(inFolder('notes/talk.md'), 'utf8'), /\]\(\.\.\/talk\.mp3#t=0\.5\)/);
  });

  it('does not pay twice for a second click', async () => {
    const recording = await addRecording('talk.mp3');
    const submits = server.requestsOf('submit').length;
    const first = commands.executeCommand('steno.transcribe', recording);
    // This command ends when its notification is closed.
    void commands.executeCommand('steno.transcribe', recording);
    await first;
    await commands.executeCommand('notifications.clearAll');
    assert.equal(server.requestsOf('submit').length, submits + 1);
    await assert.rejects(readFile(inFolder('talk.transcript-2.md')));
  });

  it('opens a note beside the active editor, and the next one in the same column', async () => {
    await writeFile(inFolder('other.txt'), 'x');
    await window.showTextDocument(Uri.file(inFolder('other.txt')));
    for (const name of ['one.mp3', 'two.mp3']) {
      await commands.executeCommand('steno.transcribe', await addRecording(name));
      assert.equal(window.activeTextEditor?.viewColumn, 2);
    }
    assert.equal(window.tabGroups.all.length, 2);
  });
});

describe('settings', () => {
  it('of a workspace cannot redirect the key or the note', async () => {
    for (const name of ['steno.region', 'steno.customBaseUrl', 'steno.notePath']) {
      await assert.rejects(
        async () =>
          workspace.getConfiguration().update(name, 'http://127.0.0.1:1', ConfigurationTarget.Workspace),
        name,
      );
    }
  });
});
