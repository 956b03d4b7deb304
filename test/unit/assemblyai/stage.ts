import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Agent, type Dispatcher } from 'undici';
import { parseBaseUrl } from '../../../src/assemblyai/baseUrl';
import { AssemblyAiClient, type AssemblyAiClientOptions } from '../../../src/assemblyai/client';
import { Gateway, gatewayBaseUrl, type GatewayOptions } from '../../../src/assemblyai/gateway';
import type { NetworkSettings } from '../../../src/assemblyai/networkSettings';
import { Failure } from '../../../src/core/failures/failure';
import type { Clock, Log, Recording } from '../../../src/core/ports';
import {
  startScriptedServer,
  type ScriptedServer,
  type ScriptedServerOptions,
} from '../../support/server/scriptedServer';

export const testKey = 'test-key-0123456789abcdef';
export const neverAborted: AbortSignal = new AbortController().signal;

/** The defaults of VS Code's network settings. */
export const plainNetwork: NetworkSettings = {
  proxy: '',
  noProxy: [],
  proxyAuthorization: null,
  proxyStrictSSL: true,
  proxySupport: 'override',
  systemCertificates: true,
};

/** The timeouts of uploads, longer than any delay between tries. */
const watchMs = 1_000_000;

/** A clock on which delays between tries end at once, and timeouts of uploads only when a test ends them. */
class TestClock implements Clock {
  /** Delays that ended at once, in ms. */
  readonly slept: number[] = [];
  private nowMs = Date.UTC(2026, 10, 22, 9, 30);
  private readonly ends = new Set<() => void>();

  now(): number {
    return this.nowMs;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      return Promise.reject(signal.reason as Error);
    }
    if (ms < watchMs) {
      this.slept.push(ms);
      this.nowMs += ms;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const end = (): void => {
        this.ends.delete(end);
        signal.removeEventListener('abort', abort);
        resolve();
      };
      const abort = (): void => {
        this.ends.delete(end);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', abort, { once: true });
      this.ends.add(end);
    });
  }

  /** Ends the timeouts of uploads. */
  elapse(): void {
    [...this.ends].forEach((end) => end());
  }

  /** How many timeouts of uploads have not ended. */
  get held(): number {
    return this.ends.size;
  }
}

/** Everything that was logged, as one text. */
class KeptLog implements Log {
  text = '';
  debug = (message: string): void => this.add(message);
  info = (message: string): void => this.add(message);
  warn = (message: string): void => this.add(message);
  error = (message: string): void => this.add(message);

  private add(message: string): void {
    this.text += `${message}\n`;
  }
}

/** A scripted server, a client of it, and what they need; one for each test. */
export class Stage {
  readonly clock = new TestClock();
  readonly log = new KeptLog();
  private readonly dispatchers: Dispatcher[] = [];
  private readonly servers: ScriptedServer[] = [];
  private folder: string | undefined;

  async startServer(options: ScriptedServerOptions = {}): Promise<ScriptedServer> {
    const server = await startScriptedServer({ keys: [testKey], now: () => this.clock.now(), ...options });
    this.servers.push(server);
    return server;
  }

  client(url: string, options: Partial<AssemblyAiClientOptions> = {}): AssemblyAiClient {
    const dispatcher = options.dispatcher ?? new Agent();
    this.dispatchers.push(dispatcher);
    return new AssemblyAiClient({
      baseUrl: parseBaseUrl(url),
      apiKey: testKey,
      clock: this.clock,
      random: () => 0.5,
      log: this.log,
      userAgent: 'Steno/test',
      uploadTimeouts: { stallMs: watchMs, responseMs: 2 * watchMs },
      submitGraceMs: watchMs,
      ...options,
      dispatcher,
    });
  }

  /** A client of the gateway of a service. */
  gateway(url: string, options: Partial<GatewayOptions> = {}): Gateway {
    const dispatcher = options.dispatcher ?? new Agent();
    this.dispatchers.push(dispatcher);
    return new Gateway({
      baseUrl: gatewayBaseUrl(parseBaseUrl(url)),
      apiKey: testKey,
      clock: this.clock,
      random: () => 0.5,
      log: this.log,
      userAgent: 'Steno/test',
      ...options,
      dispatcher,
    });
  }

  /** A recording with this many bytes, or with these bytes. */
  async recording(content: number | Uint8Array, name = 'talk.mp3'): Promise<Recording> {
    this.folder ??= await mkdtemp(join(tmpdir(), 'steno-'));
    const path = join(this.folder, name);
    await writeFile(path, typeof content === 'number' ? patternedBytes(content) : content);
    return recordingAt(path);
  }

  async close(): Promise<void> {
    await Promise.all(this.dispatchers.map((dispatcher) => dispatcher.destroy()));
    await Promise.all(this.servers.map((server) => server.close()));
    if (this.folder !== undefined) {
      await rm(this.folder, { recursive: true, force: true });
    }
  }
}

export async function recordingAt(path: string): Promise<Recording> {
  const { size, mtimeMs } = await stat(path);
  return { path, name: basename(path), sizeBytes: size, modifiedMs: mtimeMs };
}

/** Bytes without two equal neighbouring blocks, so that a mix-up changes the hash. */
export function patternedBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 4096) {
    bytes.fill(`block ${at} of ${length} `, at, Math.min(length, at + 4096));
  }
  return bytes;
}

/** Waits until a condition holds; fails after many turns of the event loop. */
export async function until(holds: () => boolean | Promise<boolean>, turns = 100_000): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    if (await holds()) {
      return;
    }
    await new Promise(setImmediate);
  }
  assert.fail('it never came');
}

/** The Failure that a promise rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise;
  } catch (thrown) {
    assert.ok(thrown instanceof Failure, `not a Failure: ${String(thrown)}`);
    return thrown;
  }
  return assert.fail('did not fail');
}
