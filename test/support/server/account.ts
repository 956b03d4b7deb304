import { isFinal } from '../../../src/local/api/bodies';
import { Jobs, type JobsOptions } from './jobs';

/** How much was under way at the same time, at most. */
export interface Peaks {
  readonly uploads: number;
  /** Jobs that are submitted, and neither completed nor failed. */
  readonly jobs: number;
  /** Uploads and jobs together. */
  readonly together: number;
}

/** The uploads and jobs of one key. */
export class Account {
  readonly jobs: Jobs;
  readonly uploads = new Set<string>();
  /** SHA-256 of everything that was uploaded, by URL. */
  readonly sha256s = new Map<string, string>();
  readonly peaks = { uploads: 0, jobs: 0, together: 0 };
  private uploadsNow = 0;

  constructor(options: JobsOptions) {
    this.jobs = new Jobs(options);
  }

  /** Counts an upload as under way until it ends. */
  uploading(ended: Promise<void>): void {
    this.uploadsNow += 1;
    this.noteLoad();
    void ended.then(() => (this.uploadsNow -= 1));
  }

  noteLoad(): void {
    const jobs = this.jobs.all.filter(({ body }) => !isFinal(body['status'])).length;
    const { peaks } = this;
    peaks.uploads = Math.max(peaks.uploads, this.uploadsNow);
    peaks.jobs = Math.max(peaks.jobs, jobs);
    peaks.together = Math.max(peaks.together, this.uploadsNow + jobs);
  }
}
