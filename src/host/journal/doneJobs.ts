import { rm } from 'node:fs/promises';
import * as path from 'node:path';
import { isIn, type JobIn } from '../../core/jobs/job';
import { isJobId, renderJob } from '../../core/jobs/journalFormat';
import { exists, ownerOnly, replace } from '../../node/files';
import { namesIn, readsAtOnce } from '../../node/readFiles';
import { inParallel } from '../../core/inParallel';
import type { Records } from './records';
import { whileHeld } from '../../node/whileHeld';

const mostKept = 200;
const keptMs = 90 * 24 * 60 * 60 * 1000;

/** Jobs that are done, a file for each: `<id>.json`. */
export class DoneJobs {
  constructor(
    private readonly folder: string,
    private readonly records: Records,
    private readonly owner: string,
  ) {}

  async add(job: JobIn<'done'>): Promise<void> {
    await replace(this.pathOf(job.id), renderJob(job, this.owner), ownerOnly);
  }

  async has(id: string): Promise<boolean> {
    return exists(this.pathOf(id));
  }

  async find(id: string): Promise<JobIn<'done'> | undefined> {
    const job = (await this.records.read(this.pathOf(id), id))?.job;
    return job !== undefined && isIn(job, 'done') ? job : undefined;
  }

  async remove(id: string): Promise<void> {
    await whileHeld(() => rm(this.pathOf(id), { force: true }));
  }

  async ids(): Promise<ReadonlySet<string>> {
    const names = await namesIn(this.folder);
    return new Set(names.map((name) => path.basename(name, '.json')).filter(isJobId));
  }

  /** At most 200, of the last 90 days, the newest first. */
  async list(nowMs: number): Promise<readonly JobIn<'done'>[]> {
    const all = await this.all();
    return all.filter(({ changedMs }) => nowMs - changedMs < keptMs).slice(0, mostKept);
  }

  /**
   * Removes what `list` does not tell, unless the journal has the only transcript of it.
   * @returns the ids of what was removed
   */
  async prune(nowMs: number): Promise<readonly string[]> {
    const kept = new Set((await this.list(nowMs)).map(({ id }) => id));
    const pruned = (await this.all()).filter(({ id, stage }) => stage.hasSidecar && !kept.has(id));
    await Promise.all(pruned.map(({ id }) => this.remove(id)));
    return pruned.map(({ id }) => id);
  }

  private async all(): Promise<readonly JobIn<'done'>[]> {
    const ids = [...(await this.ids())];
    const entries = await inParallel(ids, readsAtOnce, (id) => this.records.read(this.pathOf(id), id));
    return entries
      .flatMap((entry) => (entry !== undefined && isIn(entry.job, 'done') ? entry.job : []))
      .sort((one, other) => other.changedMs - one.changedMs);
  }

  private pathOf(id: string): string {
    return path.join(this.folder, `${id}.json`);
  }
}
