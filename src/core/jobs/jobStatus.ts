import { countJobs, type JobGroup } from './jobGroups';
import { shortList } from '../text';

/** The state of all jobs in a few words, for the status bar. */
export interface JobStatus {
  readonly text: string;
  /** A line for each running job. */
  readonly tooltip: string;
  /** What the icon shows. */
  readonly sign: 'running' | 'waiting' | 'failed';
}

const maxListed = 10;

/** The state of all jobs in a few words; undefined when none is running, waiting or failed. */
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
    tooltip: lines.length > 0 ? shortList(lines, maxListed) : 'Show the transcripts',
    sign: running > 0 ? 'running' : waiting > 0 ? 'waiting' : 'failed',
  };
}
