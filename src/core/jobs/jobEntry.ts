import type { Job } from './job';
import type { JobProgress } from './progress';

/** A job as one window knows it. */
export interface JobEntry {
  readonly job: Job;
  /** Known only in the window that works on the job, once its turn has come. */
  readonly progress: JobProgress | undefined;
  /** Which window has the job: this one, another one, or none. */
  readonly owner: 'here' | 'elsewhere' | 'none';
}

/** The state of a job, for people. */
export type JobState =
  | 'running'
  /** Waits for its turn. */
  | 'waiting'
  /** Waits for its user, since it would have to start over. */
  | 'interrupted'
  /** Runs on at the service, and waits for its user to collect it. */
  | 'detached'
  | 'failed'
  | 'done';

/** The state of a job. */
export function stateOf({ job, progress, owner }: JobEntry): JobState {
  const { stage, halt } = job;
  if (stage.phase === 'done') {
    return 'done';
  }
  if (halt !== null) {
    return haltedState(halt);
  }
  const isUnderWay = progress !== undefined || (owner === 'elsewhere' && stage.phase !== 'waiting');
  return isUnderWay ? 'running' : 'waiting';
}

function haltedState(halt: NonNullable<Job['halt']>): JobState {
  if (halt.reason === 'detached') {
    return 'detached';
  }
  return halt.failure.kind === 'interrupted' ? 'interrupted' : 'failed';
}

/** What a user can do with a job. */
export type JobAction =
  'open' | 'explain' | 'retry' | 'continue' | 'collect' | 'cancel' | 'reveal' | 'forget';

/** What a user of this window can do with a job now. */
export function actionsFor(entry: JobEntry): readonly JobAction[] {
  switch (stateOf(entry)) {
    case 'running':
    case 'waiting':
      return actionsWhileOpen[entry.owner];
    case 'interrupted':
      return ['continue', 'reveal', 'forget'];
    case 'detached':
      return ['collect', 'reveal', 'forget'];
    case 'failed':
      return ['explain', 'retry', 'reveal', 'forget'];
    case 'done':
      return ['open', 'reveal', 'forget'];
  }
}

/** Only the window that has a job can cancel it. */
const actionsWhileOpen: Readonly<Record<JobEntry['owner'], readonly JobAction[]>> = {
  here: ['cancel', 'reveal'],
  elsewhere: ['reveal'],
  none: ['continue', 'reveal', 'forget'],
};
