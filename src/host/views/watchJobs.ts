import { groupJobs, type JobGroup } from '../../core/jobs/jobGroups';
import type { JobList } from '../jobs/jobList';
import type { Clock } from '../../core/ports';

const tickMs = 1000;

/**
 * Hands out how the jobs stand: now, whenever one of them changes, and every second while one runs, since elapsed
 * times are shown.
 */
export function watchJobs(
  list: JobList,
  clock: Clock,
  show: (groups: readonly JobGroup[], nowMs: number) => void,
): { dispose(): void } {
  const end = new AbortController();
  let isTicking = false;
  const tick = async (): Promise<void> => {
    isTicking = true;
    await clock.sleep(tickMs, end.signal);
    isTicking = false;
    update();
  };
  const update = (): void => {
    const nowMs = clock.now();
    const groups = groupJobs(list.entries, nowMs);
    show(groups, nowMs);
    if (!isTicking && groups.some(({ name }) => name === 'Running')) {
      // It only fails when nobody watches any more.
      tick().catch(() => undefined);
    }
  };
  const subscription = list.onDidChange(update);
  update();
  return {
    dispose: () => {
      subscription.dispose();
      end.abort();
    },
  };
}
