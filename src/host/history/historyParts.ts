import type * as vscode from 'vscode';
import type { Clock, Log } from '../../core/ports';
import type { FollowUps } from '../followUps/followUps';
import type { JobList } from '../jobs/jobList';
import type { NamedRecordings } from '../note/namedRecordings';
import type { Connector } from '../services/connector';

/** What the commands for transcripts at AssemblyAI need. */
export interface HistoryParts {
  readonly connector: Pick<Connector, 'openAssemblyAi'>;
  /** The jobs of this machine, some of which may have a transcript already. */
  readonly jobs: Pick<JobList, 'entries' | 'retry'>;
  readonly followUps: Pick<FollowUps, 'addAll' | 'run'>;
  readonly recordings: NamedRecordings;
  /** Remembers the folder of the last note. */
  readonly state: vscode.Memento;
  readonly clock: Clock;
  readonly log: Log;
}
