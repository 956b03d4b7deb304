import { asFailure } from '../../core/failures/failure';
import type { JobStore } from '../../core/jobs/jobStore';
import type { Clock } from '../../core/jobs/ports';
import type { Connector } from '../connector';
import { logFailure } from '../failures';
import type { HostLog } from '../log';
import { askAboutExistingNote, planFor, type Plan, type Prospect } from './plan';
import { presentMany, presentOne } from './present';
import { run, type FailedOutcome, type Outcome } from './run';

/** From files to notes: looks, asks, runs, shows. */
export class Transcriber {
  constructor(
    private readonly connector: Connector,
    private readonly store: JobStore,
    private readonly clock: Clock,
    private readonly log: HostLog,
  ) {}

  /** Transcribes files, one or many. Failures of single recordings are shown; what concerns the call as a whole is thrown. */
  readonly transcribe = async (files: readonly string[]): Promise<void> => {
    const [first] = files;
    if (files.length === 1 && first !== undefined) {
      await this.transcribeOne(first);
    } else if (first !== undefined) {
      await this.transcribeMany(files);
    }
  };

  private async transcribeOne(file: string): Promise<void> {
    const found = await planFor(file);
    const plan = found.noteExists ? await askAboutExistingNote(found) : found;
    if (plan === undefined) {
      return;
    }
    const [outcome] = (await this.runAll([plan])) ?? [];
    if (outcome !== undefined) {
      await presentOne(outcome, this.transcribe);
    }
  }

  private async transcribeMany(files: readonly string[]): Promise<void> {
    const looked = await Promise.all(files.map((file) => this.look(file)));
    const plans = looked.filter((found) => 'noteExists' in found);
    const refused = looked.filter((found) => 'failure' in found);
    const fresh = plans.filter(({ noteExists }) => !noteExists);
    const outcomes = fresh.length === 0 ? [] : await this.runAll(fresh);
    if (outcomes !== undefined) {
      await presentMany([...outcomes, ...refused], plans.length - fresh.length, this.transcribe);
    }
  }

  /** One unusable file must not stop the others. */
  private async look(file: string): Promise<Prospect | FailedOutcome> {
    try {
      return await planFor(file);
    } catch (thrown) {
      const failure = asFailure(thrown);
      logFailure(this.log, file, failure);
      return { kind: 'failed', file, failure };
    }
  }

  /** Undefined when there is no key and the user did not give one. */
  private async runAll(plans: readonly Plan[]): Promise<readonly Outcome[] | undefined> {
    const connection = await this.connector.connect();
    if (connection === undefined) {
      return undefined;
    }
    try {
      return await run(plans, { api: connection.api, store: this.store, clock: this.clock, log: this.log });
    } finally {
      await connection.close();
    }
  }
}
