import { Failure } from '../../core/failures/failure';
import type { Log } from '../../core/ports';
import type { Instructions } from '../../core/request/request';
import type { JobOrder, Jobs } from '../jobs/jobs';
import { logFailure } from '../platform/reportFailure';
import { readBaseUrl } from '../platform/settings';
import { asSettingsWant, isFinished, noService, planFor, type Plan } from './plan';

interface QuietOptions {
  readonly jobs: Pick<Jobs, 'order' | 'detach'>;
  /** The origin of the service that the settings name; undefined while nothing is chosen. */
  readonly chosen: () => Promise<string | undefined>;
  /** Length of a recording in seconds; null where its headers do not say. */
  readonly durationOf: (file: string, signal: AbortSignal) => Promise<number | null>;
  readonly log: Log;
}

/**
 * What transcribing a recording means. It has a note, or a transcript whose note costs nothing, or it must be sent to
 * the service.
 */
export type Prospect =
  | { readonly kind: 'hasNote'; readonly note: string }
  | { readonly kind: 'transcribed'; readonly plan: Plan; readonly service: string }
  | {
      readonly kind: 'fresh';
      readonly plan: Plan;
      readonly service: string;
      readonly durationSeconds: number | null;
    };

/** Transcribes without questions and messages, for callers that talk to their user themselves. */
export class QuietTranscriber {
  constructor(private readonly options: QuietOptions) {}

  /**
   * Finds out what there is to do, before anything is sent.
   * @throws Failure when the recording cannot be used, or no service is chosen
   */
  async inspect(file: string, instructions: Instructions, signal: AbortSignal): Promise<Prospect> {
    const plan = await planFor(file, instructions);
    if (plan.existingNote !== undefined) {
      return { kind: 'hasNote', note: plan.existingNote };
    }
    const service = await this.options.chosen();
    if (await isFinished(plan, signal)) {
      return { kind: 'transcribed', plan, service: service ?? noService };
    }
    if (service === undefined) {
      throw new Failure('keyMissing', 'No service is chosen', { host: readBaseUrl().host });
    }
    const durationSeconds = await this.options.durationOf(plan.recording.path, signal);
    return { kind: 'fresh', plan, service, durationSeconds };
  }

  /**
   * Transcribes a recording. When the signal is aborted, a submitted job is detached: it is collected when the recording
   * is transcribed again.
   *
   * @returns the absolute path of the note, once it is written
   * @throws Failure
   */
  async transcribe(prospect: Prospect, signal: AbortSignal): Promise<string> {
    if (prospect.kind === 'hasNote') {
      return prospect.note;
    }
    const { plan, service } = prospect;
    const { recording, notePath, force } = plan;
    const durationSeconds = prospect.kind === 'fresh' ? prospect.durationSeconds : null;
    const instructions = asSettingsWant(plan.instructions);
    const order = { service, recording, notePath, instructions, force, batch: null, durationSeconds };
    return this.run(order, signal);
  }

  private async run(order: JobOrder, signal: AbortSignal): Promise<string> {
    const { jobs, log } = this.options;
    const [ordered] = await jobs.order([order], () => undefined, signal);
    if (ordered === undefined) {
      throw new Failure('unexpected', 'There is no job');
    }
    const detach = (): void => void jobs.detach(ordered.id === undefined ? [] : [ordered.id]);
    signal.addEventListener('abort', detach, { once: true });
    if (signal.aborted) {
      detach();
    }
    try {
      const outcome = await ordered.settled;
      if (outcome.kind === 'written') {
        return outcome.job.stage.note;
      }
      logFailure(log, order.recording.name, outcome.failure);
      throw outcome.failure;
    } finally {
      signal.removeEventListener('abort', detach);
    }
  }
}
