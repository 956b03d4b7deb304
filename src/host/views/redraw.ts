import type { JobGroup } from '../../core/jobs/jobGroups';
import type { JobRow } from '../../core/jobs/jobRow';

/** A row that is drawn anew more often loses the click on its button: the button goes between press and release. */
const calmMs = 1000;

/** What of the tree has to be drawn anew: everything, these jobs, or nothing. */
export type Redraw = 'all' | readonly string[];

/** Compares how jobs stand with what was drawn of them last. */
export class DrawnJobs {
  private structure = '[]';
  private rows = new Map<string, string>();
  private rowsMs = -Infinity;

  /** What has to be drawn at that moment, which counts as drawn from now on. What jobs that run do, can wait a second. */
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
    // A calendar that was set back is no reason to wait.
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
