import type { Job } from './job';
import { stateOf, type JobEntry, type JobState } from './jobEntry';
import { jobRow, type JobRow } from './jobRow';

/** The names of the groups, in their order. */
export const groupNames = ['Running', 'Waiting', 'Failed', 'Done'] as const;

/** The name of a group, for people. */
export type GroupName = (typeof groupNames)[number];

/** Jobs in similar states. */
export interface JobGroup {
  readonly name: GroupName;
  readonly rows: readonly JobRow[];
}

const groupOf: Readonly<Record<JobState, GroupName>> = {
  running: 'Running',
  waiting: 'Waiting',
  interrupted: 'Waiting',
  detached: 'Waiting',
  failed: 'Failed',
  done: 'Done',
};

/** Jobs that go on by themselves come before those that wait for their user. */
const rank: Readonly<Record<JobState, number>> = {
  running: 0,
  waiting: 0,
  interrupted: 1,
  detached: 2,
  failed: 0,
  done: 0,
};

/**
 * Jobs in groups, none of them empty. Jobs run in the order in which they were chosen, and are listed so. Of jobs that
 * failed or are done, the latest comes first.
 *
 * @param entries of different jobs
 */
export function groupJobs(entries: readonly JobEntry[], nowMs: number): readonly JobGroup[] {
  const shown = entries.toSorted(byOrder);
  return groupNames
    .map((name) => ({ name, rows: shown.filter((entry) => groupOf[stateOf(entry)] === name) }))
    .filter(({ rows }) => rows.length > 0)
    .map(({ name, rows }) => ({ name, rows: rows.map((entry) => jobRow(entry, nowMs)) }));
}

function byOrder(one: JobEntry, other: JobEntry): number {
  return rank[stateOf(one)] - rank[stateOf(other)] || momentOf(one) - momentOf(other);
}

function momentOf(entry: JobEntry): number {
  const { chosenMs, changedMs }: Job = entry.job;
  const state = stateOf(entry);
  return state === 'failed' || state === 'done' ? -changedMs : chosenMs;
}

/** How many jobs there are of each group. */
export function countJobs(groups: readonly JobGroup[]): Readonly<Record<GroupName, number>> {
  const count = (name: GroupName): number => groups.find((group) => group.name === name)?.rows.length ?? 0;
  return {
    Running: count('Running'),
    Waiting: count('Waiting'),
    Failed: count('Failed'),
    Done: count('Done'),
  };
}
