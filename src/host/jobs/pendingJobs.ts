import type * as vscode from 'vscode';
import { isJobOf, type JobStore, type PendingJob } from '../../core/jobs/jobStore';
import type { Clock, Recording } from '../../core/jobs/ports';

const stateKey = 'pendingJobs';

/** AssemblyAI keeps a transcript for 30 days by default; after that its id is of no use. */
const keptMs = 30 * 24 * 60 * 60 * 1000;

/** Pending jobs in VS Code's global state: they outlive the window, and are not synchronised. */
export class PendingJobs implements JobStore {
  constructor(
    private readonly state: vscode.Memento,
    private readonly clock: Clock,
  ) {}

  find(recording: Recording, origin: string): PendingJob | undefined {
    return this.all().find((job) => isJobOf(job, recording, origin));
  }

  async put(job: PendingJob): Promise<void> {
    await this.state.update(stateKey, [...this.without(job.audioUrl), job]);
  }

  async remove(audioUrl: string): Promise<void> {
    await this.state.update(stateKey, this.without(audioUrl));
  }

  private without(audioUrl: string): readonly PendingJob[] {
    return this.all().filter((job) => job.audioUrl !== audioUrl);
  }

  private all(): readonly PendingJob[] {
    const jobs = this.state.get<readonly PendingJob[]>(stateKey, []);
    return jobs.filter((job) => job.startedMs > this.clock.now() - keptMs);
  }
}
