import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../../../src/core/json';
import type {
  RecognisedRecording,
  RecognisedChannel,
  RecognisedWord,
} from '../../../../src/local/recognition/recognisedSpeech';
import {
  Cancelled,
  type Recogniser,
  type RecognitionOptions,
  type RecognitionTask,
} from '../../../../src/local/recognition/recogniser';
import {
  startSpeechServer,
  type SpeechServer,
  type SpeechServerOptions,
} from '../../../../src/local/speechServer';
import type { Clock, Log } from '../../../../src/core/ports';

/** The API key of the servers that tests start. */
export const testKey = 'local-key-0123456789';

/** Recognised speech of one speaker for each text, one word per second. */
export function channelOf(...texts: readonly string[]): RecognisedChannel {
  const utterances = texts.map((text, speaker) => ({ speaker, text }));
  let at = 0;
  const spoken = utterances.map(({ speaker, text }) => ({
    speaker,
    words: text.split(' ').map((word): RecognisedWord => {
      const startMs = 1000 * at++;
      return { text: word, startMs, endMs: startMs + 800, confidence: 0.9, speaker };
    }),
  }));
  return {
    words: spoken.flatMap(({ words }) => words),
    utterances: spoken,
    durationMs: 1000 * at,
    englishConfidence: 0.97,
  };
}

/** A recognised recording with these channels, or with the mix as the only one. */
export function recordingOf(...channels: readonly RecognisedChannel[]): RecognisedRecording {
  return { channels, durationMs: Math.max(...channels.map(({ durationMs }) => durationMs)) };
}

/** Removes the speakers, as if the task did not ask for them. */
function withoutSpeakers({ channels, durationMs }: RecognisedRecording): RecognisedRecording {
  const bare = channels.map(({ words, durationMs, englishConfidence }) => ({
    words: words.map(({ text, startMs, endMs, confidence }) => ({ text, startMs, endMs, confidence })),
    durationMs,
    englishConfidence,
  }));
  return { channels: bare, durationMs };
}

/** A task that the fake recogniser was given. The test ends it. */
export interface RunningTask extends RecognitionOptions {
  readonly task: RecognitionTask;
  readonly finish: (recognition: RecognisedRecording) => void;
  readonly fail: (error: Error) => void;
}

/** A recogniser whose tasks end when and how the test says. */
export class FakeRecogniser implements Recogniser {
  readonly tasks: RunningTask[] = [];
  private waiting: { count: number; resolve: (task: RunningTask) => void }[] = [];

  recognise(task: RecognitionTask, options: RecognitionOptions): Promise<RecognisedRecording> {
    return new Promise((resolve, reject) => {
      if (options.signal.aborted) {
        reject(new Cancelled());
      }
      options.signal.addEventListener('abort', () => reject(new Cancelled()));
      this.tasks.push({
        task,
        ...options,
        finish: (recognised) => resolve(task.speakers ? recognised : withoutSpeakers(recognised)),
        fail: reject,
      });
      const ready = this.waiting.filter(({ count }) => count <= this.tasks.length);
      this.waiting = this.waiting.filter((each) => !ready.includes(each));
      ready.forEach((each) => each.resolve(this.tasks[each.count - 1]!));
    });
  }

  /** Waits for a task to start; `count` is its number, from 1. */
  started(count: number): Promise<RunningTask> {
    const task = this.tasks[count - 1];
    return task === undefined
      ? new Promise((resolve) => this.waiting.push({ count, resolve }))
      : Promise.resolve(task);
  }
}

/** A clock that stands still until the test advances it. */
class ManualClock implements Clock {
  private nowMs = Date.UTC(2026, 10, 22, 9, 30);
  private readonly sleepers = new Set<{ untilMs: number; wake: () => void }>();

  now(): number {
    return this.nowMs;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
      }
      const sleeper = { untilMs: this.nowMs + ms, wake: resolve };
      this.sleepers.add(sleeper);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
  }

  advance(ms: number): void {
    this.nowMs += ms;
    for (const sleeper of this.sleepers) {
      if (sleeper.untilMs <= this.nowMs) {
        this.sleepers.delete(sleeper);
        sleeper.wake();
      }
    }
  }
}

class KeptLog implements Log {
  text = '';
  private readonly keep = (message: string): void => void (this.text += `${message}\n`);
  readonly debug = this.keep;
  readonly info = this.keep;
  readonly warn = this.keep;
  readonly error = this.keep;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: JsonObject;
}

/** Starts speech servers and makes folders for a test, and removes them after it. */
export class ServerFixture {
  readonly clock = new ManualClock();
  readonly log = new KeptLog();
  private readonly servers: SpeechServer[] = [];
  private readonly folders: string[] = [];

  /** Makes an empty folder. */
  async folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'steno-local-'));
    this.folders.push(folder);
    return folder;
  }

  /** Copies a data folder as it would be if its server crashed now. */
  async copyOf(folder: string): Promise<string> {
    const copy = await this.folder();
    await cp(folder, copy, { recursive: true, filter: (source) => !/lock\.\d+$/.test(source) });
    return copy;
  }

  /** Starts a server with a fake recogniser, in a new folder unless the options name one. */
  async start(
    options: Partial<SpeechServerOptions> = {},
  ): Promise<{ server: SpeechServer; recogniser: FakeRecogniser; dataFolder: string; ask: Ask }> {
    const recogniser = new FakeRecogniser();
    const dataFolder = options.dataFolder ?? (await this.folder());
    const server = await startSpeechServer({
      port: 0,
      key: testKey,
      retention: { uploadsMs: 24 * 3_600_000, transcriptsMs: 30 * 86_400_000 },
      recogniser,
      clock: this.clock,
      log: this.log,
      ...options,
      dataFolder,
    });
    this.servers.push(server);
    return { server, recogniser, dataFolder, ask: (...args) => ask(server.url, ...args) };
  }

  /** Closes all servers and removes all folders. */
  async close(): Promise<void> {
    await Promise.all(this.servers.splice(0).map((server) => server.close()));
    await Promise.all(this.folders.splice(0).map((folder) => rm(folder, { recursive: true })));
  }
}

/** Sends a request to a server. Strings are sent as they are, other bodies as JSON. */
export type Ask = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

/** Can send any headers, which `fetch` cannot. */
function ask(
  base: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base);
    const sent = httpRequest(
      { hostname, port, path, method, agent: false, headers: { authorization: testKey, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const isJson = response.headers['content-type'] === 'application/json';
          resolve({
            status: response.statusCode ?? 0,
            text,
            json: isJson ? (JSON.parse(text) as JsonObject) : {},
          });
        });
      },
    );
    sent.once('error', reject);
    sent.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
  });
}

/**
 * Uploads some bytes.
 *
 * @returns the upload URL
 */
export async function upload(ask: Ask, content = 'sound'): Promise<string> {
  const { status, json } = await ask('POST', '/v2/upload', content);
  assert.equal(status, 200);
  return String(json['upload_url']);
}

/**
 * Uploads some bytes and submits a job for them.
 *
 * @returns the id of the transcript
 */
export async function submit(ask: Ask, parameters: JsonObject = {}): Promise<string> {
  const audioUrl = await upload(ask);
  const { status, json } = await ask('POST', '/v2/transcript', { audio_url: audioUrl, ...parameters });
  assert.deepEqual([status, json['error'], json['status']], [200, undefined, 'queued']);
  return String(json['id']);
}

/** Waits for a job to end by polling its transcript, as a client would. */
export async function finalBody(ask: Ask, id: string): Promise<JsonObject> {
  for (;;) {
    const { json } = await ask('GET', `/v2/transcript/${id}`);
    if (json['status'] !== 'queued' && json['status'] !== 'processing') {
      return json;
    }
  }
}
