import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../../../src/core/json';
import type {
  Recogniser,
  Recognition,
  RecognitionOptions,
  RecognitionTask,
} from '../../../../src/local/jobs/recogniser';
import { startService, type Service, type ServiceOptions } from '../../../../src/local/service';
import { Cancelled, type Speech, type SpokenWord } from '../../../../src/local/speech/heard/speech';
import type { Clock, Log } from '../../../../src/core/ports';

export const testKey = 'local-key-0123456789';

/** Speech of one voice, or of as many as there are texts: a word a second. */
export function speech(...texts: readonly string[]): Speech {
  const utterances = texts.map((text, speaker) => ({ speaker, text }));
  let at = 0;
  const spoken = utterances.map(({ speaker, text }) => ({
    speaker,
    words: text.split(' ').map((word): SpokenWord => {
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

export function recognition(...channels: readonly Speech[]): Recognition {
  return { channels, durationMs: Math.max(...channels.map(({ durationMs }) => durationMs)) };
}

/** The same where nobody asked who spoke. */
function unlabelled({ channels, durationMs }: Recognition): Recognition {
  const bare = channels.map(({ words, durationMs, englishConfidence }) => ({
    words: words.map(({ text, startMs, endMs, confidence }) => ({ text, startMs, endMs, confidence })),
    durationMs,
    englishConfidence,
  }));
  return { channels: bare, durationMs };
}

export interface RunningTask extends RecognitionOptions {
  readonly task: RecognitionTask;
  readonly finish: (recognition: Recognition) => void;
  readonly fail: (error: Error) => void;
}

/** Does what the test says, when it says so. */
export class FakeRecogniser implements Recogniser {
  readonly tasks: RunningTask[] = [];
  private waiting: { count: number; resolve: (task: RunningTask) => void }[] = [];

  recognise(task: RecognitionTask, options: RecognitionOptions): Promise<Recognition> {
    return new Promise((resolve, reject) => {
      if (options.signal.aborted) {
        reject(new Cancelled());
      }
      options.signal.addEventListener('abort', () => reject(new Cancelled()));
      this.tasks.push({
        task,
        ...options,
        finish: (found) => resolve(task.speakers ? found : unlabelled(found)),
        fail: reject,
      });
      const ready = this.waiting.filter(({ count }) => count <= this.tasks.length);
      this.waiting = this.waiting.filter((each) => !ready.includes(each));
      ready.forEach((each) => each.resolve(this.tasks[each.count - 1]!));
    });
  }

  /** The count-th task (from 1), as soon as it is there. */
  started(count: number): Promise<RunningTask> {
    const task = this.tasks[count - 1];
    return task === undefined
      ? new Promise((resolve) => this.waiting.push({ count, resolve }))
      : Promise.resolve(task);
  }
}

/** Stands still until a test moves it. */
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

/** Servers, folders and what else a test needs, until it is over. */
export class Stage {
  readonly clock = new ManualClock();
  readonly log = new KeptLog();
  private readonly services: Service[] = [];
  private readonly folders: string[] = [];

  async folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'steno-local-'));
    this.folders.push(folder);
    return folder;
  }

  /** The folder as it would be found if the server died now. */
  async copyOf(folder: string): Promise<string> {
    const copy = await this.folder();
    await cp(folder, copy, { recursive: true, filter: (source) => !/lock\.\d+$/.test(source) });
    return copy;
  }

  async start(
    options: Partial<ServiceOptions> = {},
  ): Promise<{ service: Service; recogniser: FakeRecogniser; dataFolder: string; ask: Ask }> {
    const recogniser = new FakeRecogniser();
    const dataFolder = options.dataFolder ?? (await this.folder());
    const service = await startService({
      port: 0,
      key: testKey,
      retention: { uploadsMs: 24 * 3_600_000, transcriptsMs: 30 * 86_400_000 },
      recogniser,
      clock: this.clock,
      log: this.log,
      ...options,
      dataFolder,
    });
    this.services.push(service);
    return { service, recogniser, dataFolder, ask: (...args) => ask(service.url, ...args) };
  }

  async close(): Promise<void> {
    await Promise.all(this.services.splice(0).map((service) => service.close()));
    await Promise.all(this.folders.splice(0).map((folder) => rm(folder, { recursive: true })));
  }
}

export type Ask = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

/** A request as no browser could make it, with whatever headers. Strings are sent as they are, the rest as JSON. */
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

/** Uploads something. */
export async function upload(ask: Ask, content = 'sound'): Promise<string> {
  const { status, json } = await ask('POST', '/v2/upload', content);
  assert.equal(status, 200);
  return String(json['upload_url']);
}

/** Uploads something and puts a job for it in line. */
export async function submit(ask: Ask, parameters: JsonObject = {}): Promise<string> {
  const audioUrl = await upload(ask);
  const { status, json } = await ask('POST', '/v2/transcript', { audio_url: audioUrl, ...parameters });
  assert.deepEqual([status, json['error'], json['status']], [200, undefined, 'queued']);
  return String(json['id']);
}

/** Waits for a transcript to be final; the server is asked over and over, as a client would. */
export async function finalBody(ask: Ask, id: string): Promise<JsonObject> {
  for (;;) {
    const { json } = await ask('GET', `/v2/transcript/${id}`);
    if (json['status'] !== 'queued' && json['status'] !== 'processing') {
      return json;
    }
  }
}
