import type { IncomingMessage, ServerResponse } from 'node:http';
import { apiErrors, jsonReply, type Reply } from '../../../src/local/api/replies';
import { Account, type Peaks } from './account';
import { FaultQueue, type Fault } from './faults';
import { gatewayAccessReply, gatewayModels, ScriptedGateway } from './gateway';
import type { Job, JobPlan, Jobs } from './jobs';
import { RecordingsApi } from './recordingsApi';
import { readBody, RequestLog, type ReadResult, type RecordedRequest } from './requestLog';
import { isGatewayPath, isGatewayRoute, targetOf, type ServerTarget } from './routes';
import { half, writeReply, type ScriptedReply } from './scriptedReply';
import type { ScriptedServerOptions } from './scriptedServer';

const badKey = ({ pathname }: URL): Reply =>
  isGatewayPath(pathname)
    ? gatewayAccessReply(401, 'Authentication error, API token missing/invalid')
    : apiErrors.badKey;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The scripted API without its server, so that this can be stopped and started again. */
export class Service {
  url = '';
  readonly log = new RequestLog();
  readonly faults = new FaultQueue();
  readonly plans: JobPlan[] = [];
  readonly gateway: ScriptedGateway;
  readonly accounts: ReadonlyMap<string, Account>;
  private readonly recordings: RecordingsApi;
  private readonly now: () => number;

  constructor(private readonly options: ScriptedServerOptions) {
    this.now = options.now ?? Date.now;
    this.gateway = new ScriptedGateway(options.models ?? gatewayModels);
    this.recordings = new RecordingsApi(options, this.plans, () => this.url);
    const jobsOptions = {
      pace: options.pace ?? { polls: 2 },
      concurrency: options.concurrency ?? 200,
      newness: options.newness ?? false,
      now: this.now,
    };
    const accountOf = (key: string): Account =>
      new Account({ ...jobsOptions, defaultModel: options.defaultModels?.[key] ?? 'assemblyai-stt-3-7' });
    this.accounts = new Map((options.keys ?? ['test-key']).map((key) => [key, accountOf(key)]));
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

  /** The jobs of a recording, by its SHA-256, from all uploads. */
  jobsOf(sha256: string): Job[] {
    return [...this.accounts.values()].flatMap(({ jobs, sha256s }) =>
      jobs.all.filter(({ parameters }) => sha256s.get(String(parameters['audio_url'])) === sha256),
    );
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.answer(request, response);
    this.log.changed();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(String(request.url), this.url);
    const target = targetOf(String(request.method), url.pathname);
    const closed = new Promise<void>((resolve) => response.once('close', resolve));
    const recorded = this.log.add(request, target?.route, closed);
    const fault = this.faults.take(target?.route);
    const account = this.accounts.get(String(request.headers.authorization));
    response.setHeader('date', new Date(this.now()).toUTCString());

    if (fault === undefined && account === undefined && target?.route !== 'redacted-file') {
      // As in the API, before a byte of the body is read.
      this.replyEarly(request, response, recorded, badKey(url));
      return;
    }
    const read = await this.read(account, request, recorded, fault);
    const act = (): ScriptedReply => this.act(account, url, target, recorded);
    if (fault !== undefined) {
      this.fail(request, response, recorded, fault, act);
    } else if (read.end === 'tooLarge') {
      this.replyEarly(request, response, recorded, apiErrors.tooLarge);
    } else if (read.end === 'complete') {
      this.reply(response, recorded, act());
    }
  }

  dispose(): void {
    this.accounts.forEach((account) => account.jobs.dispose());
  }

  private async read(
    account: Account | undefined,
    request: IncomingMessage,
    recorded: RecordedRequest,
    fault: Fault | undefined,
  ): Promise<ReadResult> {
    const isUpload = recorded.route === 'upload';
    if (isUpload) {
      account?.uploading(recorded.closed);
    }
    const read = await readBody(request, recorded, {
      readBytes: fault?.readBytes ?? Infinity,
      limitBytes: isUpload ? (this.options.uploadLimitBytes ?? 2.2e9) : Infinity,
      bytesPerSecond: isUpload ? (this.options.uploadBytesPerSecond ?? Infinity) : Infinity,
      keep: !isUpload,
      onBytes: () => this.log.changed(),
    });
    recorded.json = read.end === 'complete' ? parseJson(read.text) : undefined;
    return read;
  }

  /**
   * Responds while the body may still be arriving. The rest of the body is read and discarded before the connection is
   * closed. Closed with unread bytes, it would be reset, and the response lost.
   */
  private replyEarly(
    request: IncomingMessage,
    response: ServerResponse,
    recorded: RecordedRequest,
    { status, headers, body }: Reply,
  ): void {
    recorded.status = status;
    const length = String(Buffer.byteLength(body));
    response.writeHead(status, { ...headers, connection: 'close', 'content-length': length }).write(body);
    const end = (): void => void response.end();
    request.once('end', end).once('close', end).resume();
  }

  private reply(response: ServerResponse, recorded: RecordedRequest, reply: ScriptedReply): void {
    recorded.status = reply.status;
    void writeReply(response, reply);
  }

  private fail(
    request: IncomingMessage,
    response: ServerResponse,
    recorded: RecordedRequest,
    fault: Fault,
    act: () => ScriptedReply,
  ): void {
    const proper: ScriptedReply =
      fault.takesEffect === true ? act() : jsonReply(200, { id: 'lost', status: 'queued' });
    if (fault.outcome === 'drop') {
      request.socket.destroy();
    } else if (fault.outcome === 'garble') {
      this.reply(response, recorded, half(proper));
    } else if (fault.outcome !== 'silence' && fault.readBytes !== undefined) {
      this.replyEarly(request, response, recorded, fault.outcome);
    } else if (fault.outcome !== 'silence') {
      this.reply(response, recorded, fault.outcome);
    }
  }

  private act(
    account: Account | undefined,
    url: URL,
    target: ServerTarget | undefined,
    recorded: RecordedRequest,
  ): ScriptedReply {
    if (target?.route === 'redacted-file') {
      return this.recordings.file(url, recorded);
    }
    if (account === undefined) {
      return badKey(url);
    }
    if (target === undefined) {
      return apiErrors.notFound;
    }
    const { route, id } = target;
    return isGatewayRoute(route)
      ? this.gateway.act(route, recorded.json, account.jobs)
      : this.recordings.act(account, { route, id, url, recorded });
  }
}
