import type { TranscriptOptions } from '../request/request';
import type { TranscriptBody } from '../transcript/model';
import type { JobIn } from './job';
import type { Poller } from './poller';
import type { SpeechApi } from './speechApi';
import type { JobProgress } from './progress';
import type { JobFiles, JobJournal } from './jobFiles';
import type { Clock, Log } from '../ports';

/** The service of a job, and what all its jobs share. */
export interface Service {
  readonly api: SpeechApi;
  readonly poller: Poller;
}

/** What a job works with. */
export interface JobContext {
  /** Asked for only when the service is needed: a transcript that is there already needs none, nor a key. */
  readonly service: () => Promise<Service>;
  /** The options with what is secret of them and therefore not written down. Fails with `webhookSecretMissing`. */
  readonly complete: (options: TranscriptOptions) => Promise<TranscriptOptions>;
  /**
   * Writes down what is still to be done about a transcript whose note is there, before its job counts as done: a crash
   * must not forget what was promised. Fails with `journalUnwritable`.
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
  /** Each look at the job while it is at the service. */
  readonly onSeen?: (body: TranscriptBody) => void;
}
