import { countJobs, type JobGroup } from './jobGroups';
import { shortList } from '../text';

/** All jobs in a few words. */
export interface JobStatus {
  readonly text: string;
  /** A line for each job that runs. */
  readonly tooltip: string;
  /** What is most worth an icon. */
  readonly sign: 'running' | 'waiting' | 'failed';
}

const mostListed = 10;

/** All jobs in a few words; undefined when there is nothing to say. */
export function statusOf(groups: readonly JobGroup[]): JobStatus | undefined {
  const { Running: running, Waiting: waiting, Failed: failed } = countJobs(groups);
  if (running + waiting + failed === 0) {
    return undefined;
  }
  const counts = [
    ...(running > 0 ? [`${running} transcribing`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  const lines = groups
    .filter(({ name }) => name === 'Running')
    .flatMap(({ rows }) => rows.map(({ label, description }) => `${label}: ${description}`));
  return {
    text: counts.join(', '),
    tooltip: lines.length > 0 ? shortList(lines, mostListed) : 'Show the transcripts',
    sign: running > 0 ? 'running' : waiting > 0 ? 'waiting' : 'failed',
  };
}
