import { Failure } from '../../core/failures/failure';
import type { Instructions } from '../../core/request/request';
import { logFailure } from '../platform/reportFailure';
import type { Jobs } from '../jobs/jobs';
import { asSettingsWant, isFinished, planFor, type Plan } from './plan';
import { noService } from './transcriber';
import { readBaseUrl } from '../platform/settings';
import type { Log } from '../../core/ports';

interface QuietOptions {
  readonly jobs: Pick<Jobs, 'order' | 'leave'>;
  /** The origin of the service that the settings name; undefined as long as nobody has chosen. */
  readonly chosen: () => Promise<string | undefined>;
  /** Length of a recording in seconds; null where its headers do not say. */
  readonly durationOf: (file: string, signal: AbortSignal) => Promise<number | null>;
  readonly log: Log;
}

/** What transcribing a recording means: it has a note, or a transcript that costs nothing, or has to be sent there. */
export type Prospect =
  | { readonly kind: 'noted'; readonly note: string }
  | { readonly kind: 'transcribed'; readonly plan: Plan; readonly service: string }
  | {
      readonly kind: 'fresh';
      readonly plan: Plan;
      readonly service: string;
      readonly durationSeconds: number | null;
    };

/** Transcribes without questions and messages, for whoever asks and tells by other means. */
export class QuietTranscriber {
  constructor(private readonly options: QuietOptions) {}

  /**
   * Looks what there is to do, before anything is sent.
   * @throws Failure when the recording cannot be used, or nobody has chosen who is to transcribe it
   */
  async lookAt(file: string, instructions: Instructions, signal: AbortSignal): Promise<Prospect> {
    const plan = await planFor(file, instructions);
    if (plan.existingNote !== undefined) {
      return { kind: 'noted', note: plan.existingNote };
    }
    const service = await this.options.chosen();
    if (await isFinished(plan, signal)) {
      return { kind: 'transcribed', plan, service: service ?? noService };
    }
    if (service === undefined) {
      throw new Failure('keyMissing', 'Nobody has chosen a service', { host: readBaseUrl().host });
    }
    const durationSeconds = await this.options.durationOf(plan.recording.path, signal);
    return { kind: 'fresh', plan, service, durationSeconds };
  }

  /**
   * Absolute path of the note, once it is there. What is at work at the service when the signal is aborted is left there,
   * and collected when the recording is transcribed again.
   *
   * @throws Failure
   */
  async transcribe(prospect: Prospect, signal: AbortSignal): Promise<string> {
    if (prospect.kind === 'noted') {
      return prospect.note;
    }
    const { plan, service } = prospect;
    const { recording, notePath, force } = plan;
    const durationSeconds = prospect.kind === 'fresh' ? prospect.durationSeconds : null;
    const instructions = asSettingsWant(plan.instructions);
    const order = { service, recording, notePath, instructions, force, batch: null, durationSeconds };
    return this.run(order, signal);
  }

  private async run(order: Parameters<Jobs['order']>[0][number], signal: AbortSignal): Promise<string> {
    const { jobs, log } = this.options;
    const [ordered] = await jobs.order([order], () => undefined, signal);
    if (ordered === undefined) {
      throw new Failure('unexpected', 'There is no job');
    }
    const leave = (): void => void jobs.leave(ordered.id === undefined ? [] : [ordered.id]);
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) {
      leave();
    }
    try {
      const outcome = await ordered.settled;
      if (outcome.kind === 'written') {
        return outcome.job.stage.note;
      }
      logFailure(log, order.recording.name, outcome.failure);
      throw outcome.failure;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }
}
