import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../../src/core/json';
import type { Peaks } from './account';
import type { Fault, FaultSource } from './faults';
import type { ScriptedAnswer } from './gateway';
import type { Job, JobPlan, Pace } from './jobs';
import type { RecordedRequest } from './requestLog';
import type { ServerRoute } from './routes';
import { Service } from './service';

export interface ScriptedServerOptions {
  /** 0, the default, for any free port. */
  readonly port?: number;
  /** Keys that are good; each sees only its own uploads and jobs. Default `test-key`. */
  readonly keys?: readonly string[];
  /** The models of jobs that name none, by key, as AssemblyAI has them by account. Default `assemblyai-stt-3-7`. */
  readonly defaultModels?: Readonly<Record<string, string>>;
  /** What happens to retired models; AssemblyAI's pages say either. Default `refused`. */
  readonly retiredModels?: 'refused' | 'rerouted';
  /** Default: a job is processing at its first GET and final at its second. */
  readonly pace?: Pace;
  /** The results of jobs without a `plan`. Default: the dialogue. */
  readonly results?: JsonObject;
  /** Jobs processing at once, of one key. Default 200, as paid accounts have. */
  readonly concurrency?: number;
  /** Larger uploads are answered 413. Default 2.2e9, AssemblyAI's documented limit. */
  readonly uploadLimitBytes?: number;
  /** Slows uploads down, for demonstrations. */
  readonly uploadBytesPerSecond?: number;
  /** Lists that leave a new job out before the first that shows it. Default 0. */
  readonly listLag?: number;
  /** How many lists still show a deleted job as it was. Default 0. */
  readonly deletionLag?: number;
  /** Answers of `redacted-audio` that say "not yet" before the first with an address. Default 0. */
  readonly redactedAudioLag?: number;
  /** Address of redacted audio. Default: on this server, which wants no key there. */
  readonly redactedAudioUrl?: (id: string) => string;
  /** The bytes of all redacted audio. */
  readonly redactedAudio?: Uint8Array;
  /** Models of the LLM Gateway, which is under `/v1`. Default: one that streams and two that do not. */
  readonly models?: readonly JsonObject[];
  /** Adds fields and empty objects that the documentation does not promise. */
  readonly newness?: boolean;
  /** Seed of ids; the same seed makes the same ids. */
  readonly seed?: number;
  /** ms since 1970. */
  readonly now?: () => number;
  /** Serves https on localhost with this certificate. */
  readonly tls?: { readonly key: Buffer; readonly cert: Buffer };
}

/** A server on loopback that speaks AssemblyAI's pre-recorded API by a script. */
export interface ScriptedServer {
  /** Base URL, without a slash at its end. */
  readonly url: string;
  /** Everything that was asked, in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** All jobs of all keys, in order of arrival. */
  readonly jobs: readonly Job[];
  /** How many connections were opened so far. */
  readonly connections: number;
  requestsOf(route: ServerRoute): readonly RecordedRequest[];
  /** The count-th request on that route (from 1), as soon as its headers are here. */
  arrived(route: ServerRoute, count?: number): Promise<RecordedRequest>;
  /**
   * Resolves with what `find` returns, once that is not undefined. It is called whenever a request arrives, is answered
   * or breaks off.
   */
  when<T>(find: () => T | undefined): Promise<T>;
  /** The jobs of a recording, by its SHA-256, however often it was uploaded. */
  jobsOf(sha256: string): readonly Job[];
  /** The most that was under way at once, of one key; with several keys, of the busiest one. */
  readonly peaks: Peaks;
  /** The next requests on that route go wrong. Faults of a route are met in the order in which they were added. */
  fault(route: ServerRoute, fault: Fault, times?: number): void;
  clearFaults(): void;
  /** Chooses the faults of all further requests for which `fault` has set none. */
  faultBy(source: FaultSource): void;
  /** How the next submitted jobs end, one plan per job. */
  plan(...plans: readonly JobPlan[]): void;
  /** What models answer to the next questions, one each. */
  answer(...answers: readonly ScriptedAnswer[]): void;
  /** Moves a job one step on: queued → processing → final. Returns its status. */
  advance(id: string): string;
  /** Moves a job to its end. */
  complete(id: string): void;
  /** Breaks off whatever is under way and is gone, but for what it knows; jobs that real time paces go on. */
  stop(): Promise<void>;
  /** Starts again at the same address after `stop`, with all uploads and jobs. */
  start(): Promise<void>;
  close(): Promise<void>;
}

function createNodeServer(tls: ScriptedServerOptions['tls'], listener: RequestListener): Server {
  // A slow upload is no attack here.
  const options = { requestTimeout: 0 };
  return tls === undefined
    ? createServer(options, listener)
    : createTlsServer({ ...options, ...tls }, listener);
}

/** Starts a scripted server on 127.0.0.1; it is listening when the promise resolves. */
export async function startScriptedServer(options: ScriptedServerOptions = {}): Promise<ScriptedServer> {
  const service = new Service(options);
  const server = createNodeServer(options.tls, (request, response) => void service.handle(request, response));
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', () => {
        server.removeListener('error', reject);
        resolve();
      });
    });
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(options.port ?? 0);
  let connections = 0;
  server.on('connection', () => (connections += 1));
  const { port } = server.address() as AddressInfo;
  service.url = options.tls === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`;

  return {
    url: service.url,
    requests: service.log.all,
    get jobs() {
      return service.jobs;
    },
    get connections() {
      return connections;
    },
    requestsOf: (route) => service.log.of(route),
    arrived: (route, count = 1) => service.log.arrived(route, count),
    when: (find) => service.log.when(find),
    jobsOf: (sha256) => service.jobsOf(sha256),
    get peaks() {
      return service.peaks;
    },
    fault: (route, fault, times = 1) => service.faults.add(route, fault, times),
    clearFaults: () => service.faults.clear(),
    faultBy: (source) => void (service.faults.source = source),
    plan: (...plans) => void service.plans.push(...plans),
    answer: (...answers) => void service.gateway.answers.push(...answers),
    advance: (id) => {
      const { jobs, job } = service.ownerOf(id);
      return jobs.advance(job);
    },
    complete: (id) => {
      const { jobs, job } = service.ownerOf(id);
      jobs.advance(job);
      jobs.advance(job);
    },
    stop,
    start: () => listen(port),
    close: () => {
      service.dispose();
      return stop();
    },
  };
}
