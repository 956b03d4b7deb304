import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Word } from '../../src/core/transcript/model';
import { parseSidecar, type Sidecar } from '../../src/core/sidecar/sidecar';
import { parseTranscript } from '../../src/core/transcript/parseTranscript';
import { startCountingProxy, type CountingProxy } from '../support/countingProxy';
import { fixturePath } from '../support/fixtures';
import {
  speechServerKey,
  startSpeechServerProcess,
  type SpeechServerProcess,
} from '../support/speechServerProcess';
import { addRecording } from '../support/vscode/workspace';
import { sha256Of } from './files';
import { useStage } from './useStage';

const videos = ['meeting.mp4', 'meeting.webm'] as const;

/** Two frames of sound: a decoder starts at the beginning of a packet. */
const sameStartMs = 40;

/** The transcript of a video, and the size of its upload. */
interface Outcome {
  readonly uploadedBytes: number;
  readonly text: string;
  readonly words: readonly Word[];
}

describe('The sound of a video', () => {
  const stage = useStage('video', { environmentKey: speechServerKey });
  const lines: string[] = [];
  let server: SpeechServerProcess;
  let proxy: CountingProxy;

  before(async () => {
    server = await startSpeechServerProcess();
    proxy = await startCountingProxy(server.url);
  });

  after(async () => {
    console.log(lines.map((line) => `        ${line}`).join('\n'));
    await proxy.close();
    await server.stop();
  });

  for (const name of videos) {
    it(`is all that is uploaded of ${name}, and its transcript is the same`, async () => {
      const source = fixturePath('videos', name);
      const whole = await transcribe(name, false);
      const sound = await transcribe(name, true);
      const { length: videoBytes } = await readFile(source);
      lines.push(`${name}: ${sound.uploadedBytes} bytes uploaded of ${videoBytes}`);

      strictEqual(whole.uploadedBytes, videoBytes);
      ok(sound.uploadedBytes < videoBytes / 2, `${sound.uploadedBytes} of ${videoBytes} bytes`);
      ok(whole.words.length > 20, whole.text);
      strictEqual(sound.text, whole.text);
      const shifts = sound.words.map(({ startMs }, index) =>
        Math.abs(startMs - (whole.words[index]?.startMs ?? Infinity)),
      );
      ok(Math.max(...shifts) <= sameStartMs, `a word begins ${Math.max(...shifts)} ms off`);
    });
  }

  /** Transcribes a copy of a video in a new window. */
  async function transcribe(name: string, uploadSoundOnly: boolean): Promise<Outcome> {
    const { current } = stage;
    await current.configure({ 'steno.customBaseUrl': proxy.url, 'steno.uploadSoundOnly': uploadSoundOnly });
    const folder = await current.folder();
    const recording = await addRecording(folder, name, fixturePath('videos', name));
    const workbench = await current.open(folder);
    const before = proxy.bytesTo('/v2/upload').length;
    await workbench.explorer.choose('Transcribe', name);
    await workbench.editors.waitForActive('meeting.transcript.md');
    const uploads = proxy.bytesTo('/v2/upload').slice(before);
    strictEqual(uploads.length, 1);

    const { source, sha256, transcript } = await readSidecar(recording);
    strictEqual(source, name);
    strictEqual(sha256, await sha256Of(recording));
    match(
      await readFile(join(folder, 'meeting.transcript.md'), 'utf8'),
      new RegExp(`^recording: ${name}$`, 'm'),
    );
    deepStrictEqual(
      (await readdir(folder)).sort(),
      [name, `${name}.aai.json`, 'meeting.transcript.md'].sort(),
    );
    deepStrictEqual(await readdir(join(current.storage, 'scratch')).catch(() => []), []);
    const { text, words } = parseTranscript(transcript);
    return { uploadedBytes: uploads[0]!, text, words };
  }

  async function readSidecar(recording: string): Promise<Sidecar> {
    const sidecar = parseSidecar(await readFile(`${recording}.aai.json`, 'utf8'));
    ok(sidecar !== undefined, `no transcript beside ${recording}`);
    return sidecar;
  }
});
