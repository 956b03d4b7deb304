import * as path from 'node:path';
import { asFailure, Failure } from '../../core/failures/failure';
import type { JobStore } from '../../core/jobs/jobStore';
import type { Clock } from '../../core/jobs/ports';
import type { Connector } from '../connector';
import { logFailure } from '../failures';
import type { HostLog } from '../log';
import { inParallel } from './inParallel';
import { askAboutExistingNote, planFor, type Plan } from './plan';
import { presentMany, presentOne } from './present';
import { atOnce, run, type FailedOutcome, type Outcome } from './run';

/** From files to notes: looks, asks, runs, shows. */
export class Transcriber {
  /** Files at work, so that a second click does not pay a second time. */
  private readonly running = new Set<string>();

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
    if (this.running.has(file)) {
      throw alreadyRunning(file);
    }
    const outcomes = await this.claim([file], async () => {
      const found = await planFor(file);
      const { existingNote } = found;
      const plan = existingNote === undefined ? found : await askAboutExistingNote(found, existingNote);
      return plan === undefined ? undefined : this.runAll([plan]);
    });
    const outcome = outcomes?.[0];
    if (outcome !== undefined) {
      await presentOne(outcome, this.transcribe);
    }
  }

  /** Transcribes what has no note yet: questions about each would be a nuisance. */
  readonly transcribeMany = async (files: readonly string[]): Promise<void> => {
    const free = files.filter((file) => !this.running.has(file));
    const busy = files.filter((file) => this.running.has(file));
    const refused = busy.map((file) => this.failed(file, alreadyRunning(file)));
    let withNote = 0;
    const outcomes = await this.claim(free, async () => {
      const looked = await inParallel(free, atOnce, (file) => this.look(file));
      refused.push(...looked.filter((found) => 'failure' in found));
      const plans = looked.filter((found) => 'recording' in found);
      const fresh = plans.filter(({ existingNote }) => existingNote === undefined);
      withNote = plans.length - fresh.length;
      return fresh.length === 0 ? [] : this.runAll(fresh);
    });
    // Whoever closes the question for a key wants nothing, and is told nothing.
    if (outcomes !== undefined) {
      await presentMany([...outcomes, ...refused], withNote, this.transcribeMany);
    }
  };

  /** One unusable file must not stop the others. */
  private async look(file: string): Promise<Plan | FailedOutcome> {
    try {
      return await planFor(file);
    } catch (thrown) {
      return this.failed(file, asFailure(thrown));
    }
  }

  private failed(file: string, failure: Failure): FailedOutcome {
    logFailure(this.log, file, failure);
    return { kind: 'failed', file, failure };
  }

  private async claim<T>(files: readonly string[], work: () => Promise<T>): Promise<T> {
    files.forEach((file) => this.running.add(file));
    try {
      return await work();
    } finally {
      files.forEach((file) => this.running.delete(file));
    }
  }

  /** Undefined when there is no key and the user did not give one. */
  private async runAll(plans: readonly Plan[]): Promise<readonly Outcome[] | undefined> {
    const connection = await this.connector.connect();
    if (connection === undefined) {
      return undefined;
    }
    try {
      return await run(plans, {
        api: connection.api,
        store: this.store,
        clock: this.clock,
        log: this.log,
      });
    } finally {
      await connection.close();
    }
  }
}

function alreadyRunning(file: string): Failure {
  return new Failure('alreadyRunning', 'Chosen again while it is at work', { subject: path.basename(file) });
}
