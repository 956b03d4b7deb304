import type { JobGroup } from '../../core/jobs/jobGroups';
import type { JobRow } from '../../core/jobs/jobRow';

/** If a line is redrawn more often, it loses clicks: its button is replaced between press and release. */
const calmMs = 1000;

/** What has to be redrawn: the whole tree, or the lines of jobs with these ids. */
export type Redraw = 'all' | readonly string[];

/** Remembers what was drawn of jobs, and tells what has to be redrawn. */
export class DrawnJobs {
  private structure = '[]';
  private rows = new Map<string, string>();
  private rowsMs = -Infinity;

  /** What has to be redrawn now; it counts as drawn from then on. The progress of running jobs can wait a second. */
  next(groups: readonly JobGroup[], nowMs: number): Redraw {
    const rows = groups.flatMap((group) => group.rows);
    const structure = JSON.stringify(groups.map((group) => [group.name, group.rows.map(({ id }) => id)]));
    if (structure !== this.structure) {
      this.structure = structure;
      this.rows = new Map(rows.map((row) => [row.id, textOf(row)]));
      this.rowsMs = nowMs;
      return 'all';
    }
    const changed = rows.filter((row) => this.rows.get(row.id) !== textOf(row));
    // If the clock was set back, it does not wait.
    const isCalm = Math.abs(nowMs - this.rowsMs) >= calmMs;
    if (!isCalm && changed.every(({ state }) => state === 'running')) {
      return [];
    }
    this.rowsMs = changed.length > 0 ? nowMs : this.rowsMs;
    changed.forEach((row) => this.rows.set(row.id, textOf(row)));
    return changed.map(({ id }) => id);
  }
}

const textOf = (row: JobRow): string => JSON.stringify(row);
