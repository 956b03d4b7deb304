import { groupJobs, type JobGroup } from '../../core/jobs/jobGroups';
import type { Clock } from '../../core/ports';
import type { JobList } from '../jobs/jobList';
import type { Disposable } from '../platform/disposables';

const tickMs = 1000;

/**
 * Calls `show` with the jobs now, whenever one of them changes, and every second while one runs, since elapsed times are
 * shown.
 *
 * @returns stops watching when it is disposed of
 */
export function redrawOnChange(
  list: Pick<JobList, 'entries' | 'onDidChange'>,
  clock: Clock,
  show: (groups: readonly JobGroup[], nowMs: number) => void,
): Disposable {
  const end = new AbortController();
  let isTicking = false;
  const tick = async (): Promise<void> => {
    isTicking = true;
    await clock.sleep(tickMs, end.signal);
    isTicking = false;
    update();
  };
  const update = (): void => {
    if (end.signal.aborted) {
      return;
    }
    const nowMs = clock.now();
    const groups = groupJobs(list.entries, nowMs);
    show(groups, nowMs);
    if (!isTicking && groups.some(({ name }) => name === 'Running')) {
      // The sleep only fails when watching has ended.
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
