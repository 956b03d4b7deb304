import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../../src/core/transcript/json';
import { isFinal } from '../../../src/local/api/bodies';
import { exportReply } from '../../../src/local/api/exports';
import { listReply, type ListedTranscript } from '../../../src/local/api/list';
import { apiErrors, errorReply, jsonReply, type Reply } from '../../../src/local/api/replies';
import { routeOf, type Route, type Target } from '../../../src/local/api/routes';
import { submitRefusal } from '../../../src/local/api/submitRefusal';
import { dialogueBody } from './bodies';
import { FaultQueue, type Fault } from './faults';
import { Jobs, type Job, type JobPlan, type Pace } from './jobs';
import { readBody, RequestLog, type ReadResult, type RecordedRequest } from './requestLog';
import { seededUuids } from './seededUuid';

export interface ScriptedServerOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Keys that are good; each sees only its own uploads and jobs. Default `test-key`. */
  readonly keys?: readonly string[];
  /** Default: a job is processing at its first GET and final at its second. */
  readonly pace?: Pace;
  /** What jobs bring when `plan` said nothing else. Default: the dialogue. */
  readonly results?: JsonObject;
  /** Jobs processing at once, of one key. Default 200, as paid accounts have. */
  readonly concurrency?: number;
  /** Larger uploads are answered 413. Default 2.2e9, AssemblyAI's documented limit. */
  readonly uploadLimitBytes?: number;
  /** Slows uploads down, for demonstrations. */
  readonly uploadBytesPerSecond?: number;
  /** Lists that leave a new job out before the first that shows it. Default 0. */
  readonly listLag?: number;
  /** Adds fields and empty objects that the documentation does not promise. */
  readonly newness?: boolean;
  /** For ids; the same seed gives the same ids. */
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
  requestsOf(route: Route): readonly RecordedRequest[];
  /** The count-th request on that route (from 1), as soon as its headers are here. */
  arrived(route: Route, count?: number): Promise<RecordedRequest>;
  /** The next requests on that route go wrong. Faults of a route are met in the order in which they were added. */
  fault(route: Route, fault: Fault, times?: number): void;
  clearFaults(): void;
  /** How the next submitted jobs end, one plan per job. */
  plan(...plans: readonly JobPlan[]): void;
  /** Moves a job one step on: queued → processing → final. Returns its status. */
  advance(id: string): string;
  /** Moves a job to its end. */
  complete(id: string): void;
  close(): Promise<void>;
}

interface Account {
  readonly jobs: Jobs;
  readonly uploads: Set<string>;
}

function listed({ id, body, createdMs, completedMs }: Job): ListedTranscript {
  return {
    id,
    status: String(body['status']),
    createdMs,
    completedMs,
    audioUrl: String(body['audio_url']),
    error: body['error'] as string | undefined,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

class Service {
  url = '';
  readonly log = new RequestLog();
  readonly faults = new FaultQueue();
  readonly plans: JobPlan[] = [];
  readonly accounts: ReadonlyMap<string, Account>;
  readonly #newId: () => string;
  readonly #now: () => number;

  constructor(private readonly options: ScriptedServerOptions) {
    this.#now = options.now ?? Date.now;
    this.#newId = seededUuids(options.seed ?? 1);
    const jobsOptions = {
      pace: options.pace ?? { polls: 2 },
      concurrency: options.concurrency ?? 200,
      newness: options.newness ?? false,
      now: this.#now,
    };
    this.accounts = new Map(
      (options.keys ?? ['test-key']).map((key) => [
        key,
        { jobs: new Jobs(jobsOptions), uploads: new Set<string>() },
      ]),
    );
  }

  get jobs(): Job[] {
    return [...this.accounts.values()].flatMap((account) => account.jobs.all);
  }

  ownerOf(id: string): { jobs: Jobs; job: Job } {
    for (const { jobs } of this.accounts.values()) {
      const job = jobs.find(id);
      if (job !== undefined) {
        return { jobs, job };
      }
    }
    throw new Error(`The scripted server has no job ${id}`);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(String(request.url), this.url);
    const target = routeOf(String(request.method), url.pathname);
    const closed = new Promise<void>((resolve) => response.once('close', resolve));
    const recorded = this.log.add(request, target?.route, closed);
    const fault = this.faults.take(target?.route);
    const account = this.accounts.get(String(request.headers.authorization));
    response.setHeader('date', new Date(this.#now()).toUTCString());

    if (fault === undefined && account === undefined) {
      // Before a byte of the body is read, as the API does.
      this.#replyEarly(request, response, recorded, apiErrors.badKey);
      return;
    }
    const read = await this.#read(request, recorded, fault);
    const act = (): Reply =>
      account === undefined ? apiErrors.badKey : this.#act(account, url, target, read, recorded);
    if (fault !== undefined) {
      this.#fail(request, response, recorded, fault, act);
    } else if (read.end === 'tooLarge') {
      this.#replyEarly(request, response, recorded, apiErrors.tooLarge);
    } else if (read.end === 'complete') {
      this.#reply(response, recorded, act());
    }
  }

  dispose(): void {
    this.accounts.forEach((account) => account.jobs.dispose());
  }

  #read(request: IncomingMessage, recorded: RecordedRequest, fault: Fault | undefined): Promise<ReadResult> {
    const isUpload = recorded.route === 'upload';
    return readBody(request, recorded, {
      readBytes: fault?.readBytes ?? Infinity,
      limitBytes: isUpload ? (this.options.uploadLimitBytes ?? 2.2e9) : Infinity,
      bytesPerSecond: isUpload ? (this.options.uploadBytesPerSecond ?? Infinity) : Infinity,
      keep: !isUpload,
    });
  }

  /** Answers while the body may still be coming; the rest of it is read and thrown away, so that the answer gets through. */
  #replyEarly(
    request: IncomingMessage,
    response: ServerResponse,
    recorded: RecordedRequest,
    reply: Reply,
  ): void {
    response.setHeader('connection', 'close');
    this.#reply(response, recorded, reply);
    request.resume();
  }

  #reply(response: ServerResponse, recorded: RecordedRequest, reply: Reply): void {
    recorded.status = reply.status;
    response.writeHead(reply.status, reply.headers ?? {}).end(reply.body);
  }

  #fail(
    request: IncomingMessage,
    response: ServerResponse,
    recorded: RecordedRequest,
    fault: Fault,
    act: () => Reply,
  ): void {
    const proper = fault.takesEffect === true ? act() : jsonReply(200, { id: 'lost', status: 'queued' });
    if (fault.outcome === 'drop') {
      request.socket.destroy();
    } else if (fault.outcome === 'garble') {
      const half = proper.body.slice(0, Math.ceil(proper.body.length / 2));
      this.#reply(response, recorded, { ...proper, body: half });
    } else if (fault.outcome !== 'silence' && fault.readBytes !== undefined) {
      this.#replyEarly(request, response, recorded, fault.outcome);
    } else if (fault.outcome !== 'silence') {
      this.#reply(response, recorded, fault.outcome);
    }
  }

  #act(
    account: Account,
    url: URL,
    target: Target | undefined,
    read: ReadResult,
    recorded: RecordedRequest,
  ): Reply {
    if (target === undefined) {
      return apiErrors.notFound;
    }
    switch (target.route) {
      case 'upload':
        return this.#upload(account);
      case 'submit':
        recorded.json = parseJson(read.end === 'complete' ? read.text : '');
        return this.#submit(account, recorded.json);
      case 'list':
        return this.#list(account, url);
      case 'get':
        return this.#get(account, target.id);
      case 'delete':
        return this.#delete(account, target.id);
      default: {
        const job = account.jobs.find(target.id);
        return job === undefined
          ? apiErrors.unknownTranscript
          : exportReply(target.route, job.body, url.searchParams);
      }
    }
  }

  #upload(account: Account): Reply {
    const uploadUrl = `${this.url}/upload/${this.#newId()}`;
    account.uploads.add(uploadUrl);
    return jsonReply(200, { upload_url: uploadUrl });
  }

  #submit(account: Account, body: unknown): Reply {
    const refusal = submitRefusal(body);
    if (refusal !== undefined) {
      return errorReply(400, refusal);
    }
    const parameters = body as JsonObject;
    const audioUrl = String(parameters['audio_url']);
    if (audioUrl.startsWith(`${this.url}/upload/`) && !account.uploads.has(audioUrl)) {
      return apiErrors.foreignUpload;
    }
    const plan = this.plans.shift() ?? { results: this.options.results ?? dialogueBody() };
    const job = account.jobs.add(this.#newId(), parameters, plan, this.options.listLag ?? 0);
    return jsonReply(200, job.body);
  }

  #list(account: Account, url: URL): Reply {
    const shown = account.jobs.all.filter((job) => job.hiddenFromLists === 0);
    account.jobs.all.forEach((job) => (job.hiddenFromLists = Math.max(0, job.hiddenFromLists - 1)));
    return listReply(shown.map(listed), url, this.url);
  }

  #get(account: Account, id: string): Reply {
    const job = account.jobs.find(id);
    if (job === undefined) {
      return apiErrors.unknownTranscript;
    }
    account.jobs.poll(job);
    return jsonReply(200, job.body);
  }

  #delete(account: Account, id: string): Reply {
    const job = account.jobs.find(id);
    if (job === undefined) {
      return apiErrors.unknownTranscript;
    }
    if (!isFinal(job.body['status'])) {
      // That it is refused is known, how is not.
      return errorReply(400, 'A transcript cannot be deleted before it is completed');
    }
    account.uploads.delete(String(job.body['audio_url']));
    account.jobs.delete(job);
    return jsonReply(200, job.body);
  }
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
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
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
    fault: (route, fault, times = 1) => service.faults.add(route, fault, times),
    clearFaults: () => service.faults.clear(),
    plan: (...plans) => void service.plans.push(...plans),
    advance: (id) => {
      const { jobs, job } = service.ownerOf(id);
      return jobs.advance(job);
    },
    complete: (id) => {
      const { jobs, job } = service.ownerOf(id);
      jobs.advance(job);
      jobs.advance(job);
    },
    close: () =>
      new Promise((resolve) => {
        service.dispose();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
