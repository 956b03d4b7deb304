import type { Job } from '../../core/jobs/job';
import { isUploading, progressText, SpeedMeter, type JobProgress } from '../../core/jobs/progress';
import type { Clock } from '../../core/ports';

const shortestIntervalMs = 200;
const refreshEveryMs = 1000;

interface Active {
  readonly name: string;
  progress: JobProgress;
  readonly meter: SpeedMeter;
}

/** Writes the message of a progress notification: the progress of each recording and, of many, how many are done. */
export class ProgressReporter {
  /** By the id of the job, since recordings may share a name, and may be moved meanwhile. */
  private readonly active = new Map<string, Active>();
  private readonly timer = setInterval(() => this.refresh(), refreshEveryMs);
  private written = 0;
  /** How many failed or were stopped. */
  private others = 0;
  private refreshedMs = 0;

  constructor(
    private readonly clock: Clock,
    private readonly total: number,
    private readonly report: (message: string) => void,
  ) {}

  show({ id, recording }: Job, progress: JobProgress): void {
    const now = this.clock.now();
    const shown = this.active.get(id) ?? { name: recording.name, progress, meter: new SpeedMeter() };
    const isNewStep = shown.progress.step !== progress.step;
    shown.progress = progress;
    this.active.set(id, shown);
    if (isUploading(progress)) {
      shown.meter.add(now, progress.sentBytes);
    }
    if (isNewStep || now - this.refreshedMs >= shortestIntervalMs) {
      this.refresh();
    }
  }

  done({ id }: Job, isWritten: boolean): void {
    this.active.delete(id);
    this.written += isWritten ? 1 : 0;
    this.others += isWritten ? 0 : 1;
    this.refresh();
  }

  dispose(): void {
    clearInterval(this.timer);
  }

  private refresh(): void {
    const now = this.clock.now();
    this.refreshedMs = now;
    const lines = [...this.active.values()].map(({ name, progress, meter }) => {
      const text = progressText(progress, now, meter.bytesPerSecond(now));
      return this.total === 1 ? text : `${name}: ${text}`;
    });
    if (this.total > 1) {
      const others = this.others === 0 ? '' : `, ${this.others} failed or stopped`;
      lines.unshift(`${this.written} of ${this.total} done${others}`);
    }
    if (lines.length > 0) {
      this.report(lines.join('. '));
    }
  }
}
