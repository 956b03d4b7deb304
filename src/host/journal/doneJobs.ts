import * as path from 'node:path';
import { inParallel } from '../../core/inParallel';
import { isIn, type JobIn } from '../../core/jobs/job';
import { isJobId, renderJob } from '../../core/jobs/journalFormat';
import { exists, ownerOnly, removeFile, replaceFile } from '../../node/files';
import { namesIn, readsAtOnce } from '../../node/readFiles';
import type { Records } from './records';

const maxKept = 200;
const keptMs = 90 * 24 * 60 * 60 * 1000;

/** Jobs that are done, a file for each: `<id>.json`. */
export class DoneJobs {
  /** @param owner id of this window */
  constructor(
    private readonly folder: string,
    private readonly records: Records,
    private readonly owner: string,
  ) {}

  async add(job: JobIn<'done'>): Promise<void> {
    await replaceFile(this.pathOf(job.id), renderJob(job, this.owner), ownerOnly);
  }

  async has(id: string): Promise<boolean> {
    return exists(this.pathOf(id));
  }

  /** Undefined when there is no such job, or its record cannot be read. */
  async find(id: string): Promise<JobIn<'done'> | undefined> {
    const job = (await this.records.read(this.pathOf(id), id))?.job;
    return job !== undefined && isIn(job, 'done') ? job : undefined;
  }

  async remove(id: string): Promise<void> {
    await removeFile(this.pathOf(id));
  }

  async ids(): Promise<ReadonlySet<string>> {
    const names = await namesIn(this.folder);
    return new Set(names.map((name) => path.basename(name, '.json')).filter(isJobId));
  }

  /** Those jobs that are worth a place in the list: at most 200, of the last 90 days, the newest first. */
  recent(jobs: readonly JobIn<'done'>[], nowMs: number): readonly JobIn<'done'>[] {
    return jobs
      .filter(({ changedMs }) => nowMs - changedMs < keptMs)
      .toSorted((one, other) => other.changedMs - one.changedMs)
      .slice(0, maxKept);
  }

  /**
   * Removes the jobs that are not recent, unless the journal has the only transcript of a job.
   * @returns the ids of the removed jobs
   */
  async prune(nowMs: number): Promise<readonly string[]> {
    const found = await inParallel([...(await this.ids())], readsAtOnce, (id) => this.find(id));
    const jobs = found.filter((job) => job !== undefined);
    const kept = new Set(this.recent(jobs, nowMs).map(({ id }) => id));
    const pruned = jobs.filter(({ id, stage }) => stage.hasSidecar && !kept.has(id)).map(({ id }) => id);
    await Promise.all(pruned.map((id) => this.remove(id)));
    return pruned;
  }

  private pathOf(id: string): string {
    return path.join(this.folder, `${id}.json`);
  }
}
