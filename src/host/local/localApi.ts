import { asFailure, Failure, speechServerHost } from '../../core/failures/failure';
import type { LocalService, SpeechApi, Upload, UploadOptions } from '../../core/jobs/speechApi';
import type { TranscriptRequest } from '../../core/request/request';
import type { TranscriptBody } from '../../core/transcript/model';
import type { AssemblyAiClient } from '../../assemblyai/client';
import type { LocalServer, RunningServer } from './localServer';
import type { Clock, Log, Recording } from '../../core/ports';

/** A client of one running server. */
export interface LocalClient {
  readonly client: AssemblyAiClient;
  close(): Promise<void>;
}

/** The origin of jobs on this machine. Ports and keys change with every start of the server, but the jobs stay. */
export const localOrigin = 'steno:local';

/** How often a server may end during one call before the call fails. */
const maxStarts = 3;

/**
 * The speech server on this machine, as a service for jobs. A call starts the server where it is not running, and is
 * repeated when the server ends during the call. The server's jobs lie on disk, so they outlive it.
 */
export class LocalApi implements SpeechApi {
  readonly origin = localOrigin;
  readonly host = speechServerHost;
  readonly local: LocalService = {
    discard: (transcriptId) => this.use(never, ({ client }, signal) => client.delete(transcriptId, signal)),
  };

  constructor(
    private readonly server: Pick<LocalServer, 'running'>,
    private readonly connect: (server: RunningServer) => LocalClient,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  upload(recording: Recording, options: UploadOptions): Promise<Upload> {
    return this.use(options.signal, ({ client }, signal) => client.upload(recording, { ...options, signal }));
  }

  submit(request: TranscriptRequest, signal: AbortSignal): Promise<TranscriptBody> {
    const startedMs = this.clock.now();
    return this.use(signal, async ({ client }, ended, isFirst) => {
      // The server that ended may have taken the job.
      const found = isFirst ? undefined : await client.find(request.audio_url, startedMs, ended);
      return found ?? client.submit(request, ended);
    });
  }

  find(audioUrl: string, sinceMs: number, signal: AbortSignal): Promise<TranscriptBody | undefined> {
    return this.use(signal, ({ client }, ended) => client.find(audioUrl, sinceMs, ended));
  }

  get(transcriptId: string, signal: AbortSignal): Promise<TranscriptBody> {
    return this.use(signal, ({ client }, ended) => client.get(transcriptId, ended));
  }

  /** Does something with a running server. Its address changes with each start, so failures do not show it. */
  private async use<T>(signal: AbortSignal, act: Act<T>): Promise<T> {
    try {
      return await this.useSome(signal, act);
    } catch (thrown) {
      throw asFailure(thrown).with({ host: speechServerHost });
    }
  }

  /** Does it again with the next server when a server ends meanwhile. */
  private async useSome<T>(signal: AbortSignal, act: Act<T>): Promise<T> {
    for (let start = 1; ; start++) {
      signal.throwIfAborted();
      const running = await unlessAborted(this.server.running(), signal);
      const local = this.connect(running);
      try {
        return await act(local, AbortSignal.any([signal, running.ended]), start === 1);
      } catch (thrown) {
        const failure = asFailure(thrown);
        if (signal.aborted || !running.ended.aborted) {
          throw failure;
        }
        this.log.warn(`The speech server ended at work: ${failure.message}`);
        if (start === maxStarts) {
          throw new Failure('localServerFailed', 'It keeps stopping', { cause: failure });
        }
      } finally {
        await local.close();
      }
    }
  }
}

/** Does something with a server. The signal is that of the call, and is also aborted when the server ends. */
type Act<T> = (client: LocalClient, signal: AbortSignal, isFirst: boolean) => Promise<T>;

/** Settles as the promise does, or rejects as soon as the signal is aborted, so that waiting for a start can be cancelled. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(asFailure(signal.reason));
    signal.addEventListener('abort', stop, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Discarding a job cannot be cancelled. */
const never = new AbortController().signal;
