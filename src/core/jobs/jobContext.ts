import type { Clock, Log } from '../ports';
import type { TranscriptOptions } from '../request/request';
import type { TranscriptBody } from '../transcript/model';
import type { JobIn } from './job';
import type { JobFiles, JobJournal } from './jobFiles';
import type { Poller } from './poller';
import type { JobProgress } from './progress';
import type { SpeechApi } from './speechApi';

/** A service, and the poller that all its jobs share. */
export interface Service {
  readonly api: SpeechApi;
  readonly poller: Poller;
}

/** What a job works with. */
export interface JobContext {
  /** Opens the service, when it is needed: a transcript that is there already needs neither a service nor a key. */
  readonly service: () => Promise<Service>;
  /** Adds to options what is secret of them, which is never written down. Fails with `webhookSecretMissing`. */
  readonly withSecrets: (options: TranscriptOptions) => Promise<TranscriptOptions>;
  /**
   * Called when the note is written, before the job counts as done. Writes down what is still to do about the
   * transcript, so that a crash does not forget it. Fails with `journalUnwritable`.
   */
  readonly beforeDone: (job: JobIn<'done'>) => Promise<void>;
  readonly journal: JobJournal;
  readonly files: JobFiles;
  readonly clock: Clock;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: JobProgress) => void;
  /** Called each time the service told how the job stands. */
  readonly onPolled?: (body: TranscriptBody) => void;
}
