import type * as vscode from 'vscode';
import { isJobOf, type JobStore, type SubmittedJob } from '../../core/jobs/jobStore';
import type { Clock, Recording } from '../../core/jobs/ports';

const stateKey = 'submittedJobs';

/** AssemblyAI keeps a transcript for 30 days by default; after that its id is of no use. */
const keptMs = 30 * 24 * 60 * 60 * 1000;

/** Submitted jobs in VS Code's global state: they outlive the window, and are not synchronised. */
export class SubmittedJobs implements JobStore {
  constructor(
    private readonly state: vscode.Memento,
    private readonly clock: Clock,
  ) {}

  find(recording: Recording, origin: string): SubmittedJob | undefined {
    return this.all().find((job) => isJobOf(job, recording, origin));
  }

  async put(job: SubmittedJob): Promise<void> {
    await this.state.update(stateKey, [...this.all(), job]);
  }

  async remove(transcriptId: string): Promise<void> {
    await this.state.update(
      stateKey,
      this.all().filter((job) => job.transcriptId !== transcriptId),
    );
  }

  private all(): readonly SubmittedJob[] {
    const jobs = this.state.get<readonly SubmittedJob[]>(stateKey, []);
    return jobs.filter((job) => job.submittedMs > this.clock.now() - keptMs);
  }
}
