import { randomUUID } from 'node:crypto';
import { join, parse } from 'node:path';
import { Agent, type Dispatcher } from 'undici';
import { parseBaseUrl } from '../../src/assemblyai/baseUrl';
import { AssemblyAiClient } from '../../src/assemblyai/client';
import { Jobs, type OrderedJob } from '../../src/host/jobs/jobs';
import { inspectRecording } from '../../src/host/recordings/inspectRecording';
import { defaultInstructions } from '../../src/core/request/request';
import { nothingSpecial } from './plainInstructions';
import { windowParts } from './windowParts';
import type { Clock, Log } from '../../src/core/ports';
import type { Connection } from '../../src/host/services/connection';

export interface PlainWindowOptions {
  /** The address of the service. */
  readonly url: string;
  readonly key: string;
  /** Where jobs are written down. */
  readonly storage: string;
  readonly jobsAtOnce: number;
  readonly clock: Clock;
  /** How many times faster the clock runs than the computer's. Connections have clocks of their own, which keep up. */
  readonly speed: number;
  readonly random: () => number;
  readonly log: Log;
}

/** The jobs of a window without VS Code. Their journal, the user's files and the connection to the service are real. */
export class PlainWindow {
  readonly jobs: Jobs;
  private readonly origin: string;

  constructor(private readonly options: PlainWindowOptions) {
    const { clock, jobsAtOnce, log, random, storage, url } = options;
    this.origin = parseBaseUrl(url).origin;
    const parts = windowParts({ id: randomUUID(), storage, clock, log, notePathOf });
    this.jobs = new Jobs({
      ...parts,
      clock,
      random,
      log,
      ...nothingSpecial,
      jobsAtOnce: () => jobsAtOnce,
      connect: () => Promise.resolve(this.connect()),
      askToForget: () => Promise.resolve(false),
    });
  }

  /** Transcribes recordings; the note of each goes beside it. */
  async transcribe(files: readonly string[]): Promise<readonly OrderedJob[]> {
    const orders = files.map(async (file) => ({
      recording: await inspectRecording(file),
      service: this.origin,
      durationSeconds: null,
      notePath: notePathOf(file),
      instructions: defaultInstructions,
      force: false,
      batch: null,
    }));
    return this.jobs.order(await Promise.all(orders), () => undefined);
  }

  close(): void {
    this.jobs.dispose();
  }

  private connect(): Connection {
    const { clock, key, log, random, url } = this.options;
    const dispatcher = new Agent().compose(this.hasten);
    const api = new AssemblyAiClient({
      clock,
      log,
      random,
      dispatcher,
      apiKey: key,
      baseUrl: parseBaseUrl(url),
      userAgent: 'Steno/test',
    });
    return { api, close: () => dispatcher.destroy() };
  }

  private readonly hasten: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (request, handler) => {
    const { headersTimeout, bodyTimeout } = request;
    const hastened = (ms: number | null | undefined): number => (ms ?? 0) / this.options.speed;
    return dispatch(
      { ...request, headersTimeout: hastened(headersTimeout), bodyTimeout: hastened(bodyTimeout) },
      handler,
    );
  };
}

function notePathOf(recording: string): string {
  const { dir, name } = parse(recording);
  return join(dir, `${name}.transcript.md`);
}
