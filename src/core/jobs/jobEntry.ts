import type { Job } from './job';
import type { JobProgress } from './progress';

/** A job as one window knows it. */
export interface JobEntry {
  readonly job: Job;
  /** Known only in the window that works on it, once it is its turn. */
  readonly progress: JobProgress | undefined;
  /** Which window has the job. */
  readonly owner: 'here' | 'elsewhere' | 'nobody';
}

/** How a job stands, for people. */
export type JobState =
  | 'running'
  /** For its turn. */
  | 'waiting'
  /** For its user: it would have to begin anew. */
  | 'interrupted'
  /** For its user: the service runs it, and nobody looks. */
  | 'left'
  | 'failed'
  | 'done';

/** How a job stands. */
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
  if (halt.reason === 'left') {
    return 'left';
  }
  return halt.failure.kind === 'interrupted' ? 'interrupted' : 'failed';
}

/** What its user can do about a job. */
export type JobAction =
  'open' | 'explain' | 'retry' | 'continue' | 'collect' | 'cancel' | 'reveal' | 'forget';

/** What its user can do about a job here and now. */
export function actionsFor(entry: JobEntry): readonly JobAction[] {
  switch (stateOf(entry)) {
    case 'running':
    case 'waiting':
      return actionsWhileOpen[entry.owner];
    case 'interrupted':
      return ['continue', 'reveal', 'forget'];
    case 'left':
      return ['collect', 'reveal', 'forget'];
    case 'failed':
      return ['explain', 'retry', 'reveal', 'forget'];
    case 'done':
      return ['open', 'reveal', 'forget'];
  }
}

/** Only the window that has a job can stop it. */
const actionsWhileOpen: Readonly<Record<JobEntry['owner'], readonly JobAction[]>> = {
  here: ['cancel', 'reveal'],
  elsewhere: ['reveal'],
  nobody: ['continue', 'reveal', 'forget'],
};
