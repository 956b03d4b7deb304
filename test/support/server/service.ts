import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '../../../src/core/transcript/json';
import { isFinal } from '../../../src/local/api/bodies';
import { exportReply } from '../../../src/local/api/exports';
import { listReply, type ListedTranscript } from '../../../src/local/api/list';
import { apiErrors, errorReply, jsonReply, type Reply } from '../../../src/local/api/replies';
import { routeOf, type Target } from '../../../src/local/api/routes';
import { submitRefusal } from '../../../src/local/api/submitRefusal';
import { dialogueBody } from './bodies';
import { FaultQueue, type Fault } from './faults';
import { Jobs, type Job, type JobPlan, type JobsOptions } from './jobs';
import { readBody, RequestLog, type ReadResult, type RecordedRequest } from './requestLog';
import type { ScriptedServerOptions } from './scriptedServer';
import { seededUuids } from './seededUuid';

/** The most that was under way at once. */
export interface Peaks {
  readonly uploads: number;
  /** Submitted, and neither completed nor failed. */
  readonly jobs: number;
  /** Of uploads and jobs. */
  readonly together: number;
}

/** What belongs to one key. */
class Account {
  readonly jobs: Jobs;
  readonly uploads = new Set<string>();
  /** Of everything that was ever uploaded, by URL. */
  readonly sha256s = new Map<string, string>();
  readonly peaks = { uploads: 0, jobs: 0, together: 0 };
  #uploading = 0;

  constructor(options: JobsOptions) {
    this.jobs = new Jobs(options);
  }

  /** Counts an upload as under way until it ends. */
  uploading(ended: Promise<void>): void {
    this.#uploading += 1;
    this.noteLoad();
    void ended.then(() => (this.#uploading -= 1));
  }

  noteLoad(): void {
    const jobs = this.jobs.all.filter(({ body }) => !isFinal(body['status'])).length;
    const { peaks } = this;
    peaks.uploads = Math.max(peaks.uploads, this.#uploading);
    peaks.jobs = Math.max(peaks.jobs, jobs);
    peaks.together = Math.max(peaks.together, this.#uploading + jobs);
  }
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

/** The scripted API without its sockets, so that these may go and come back. */
export class Service {
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
    this.accounts = new Map((options.keys ?? ['test-key']).map((key) => [key, new Account(jobsOptions)]));
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

  get peaks(): Peaks {
    const all = [...this.accounts.values()].map(({ peaks }) => peaks);
    const highest = (of: keyof Peaks): number => Math.max(...all.map((peaks) => peaks[of]));
    return { uploads: highest('uploads'), jobs: highest('jobs'), together: highest('together') };
  }

  /** The jobs of a recording, by its SHA-256, whoever uploaded it and how often. */
  jobsOf(sha256: string): Job[] {
    return [...this.accounts.values()].flatMap(({ jobs, sha256s }) =>
      jobs.all.filter(({ parameters }) => sha256s.get(String(parameters['audio_url'])) === sha256),
    );
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.#answer(request, response);
    this.log.changed();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
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
    const read = await this.#read(account, request, recorded, fault);
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

  #read(
    account: Account | undefined,
    request: IncomingMessage,
    recorded: RecordedRequest,
    fault: Fault | undefined,
  ): Promise<ReadResult> {
    const isUpload = recorded.route === 'upload';
    if (isUpload) {
      account?.uploading(recorded.closed);
    }
    return readBody(request, recorded, {
      readBytes: fault?.readBytes ?? Infinity,
      limitBytes: isUpload ? (this.options.uploadLimitBytes ?? 2.2e9) : Infinity,
      bytesPerSecond: isUpload ? (this.options.uploadBytesPerSecond ?? Infinity) : Infinity,
      keep: !isUpload,
      onBytes: () => this.log.changed(),
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
        return this.#upload(account, String(recorded.sha256));
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

  #upload(account: Account, sha256: string): Reply {
    const uploadUrl = `${this.url}/upload/${this.#newId()}`;
    account.uploads.add(uploadUrl);
    account.sha256s.set(uploadUrl, sha256);
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
    account.noteLoad();
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
