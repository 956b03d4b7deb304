import type * as vscode from 'vscode';
import type { Clock } from '../core/jobs/ports';
import type { Connector } from './connector';
import type { FollowUps } from './followUps/followUps';
import type { JobList } from './jobs/jobList';
import type { Transcriber } from './jobs/transcriber';
import type { Keys } from './keys/keys';
import type { WebhookSecrets } from './keys/webhookSecrets';
import type { HostLog } from './log';

/** What commands are made from. */
export interface CommandParts {
  readonly context: vscode.ExtensionContext;
  readonly connector: Connector;
  readonly keys: Keys;
  readonly transcriber: Transcriber;
  readonly list: JobList;
  readonly followUps: FollowUps;
  readonly webhookSecrets: WebhookSecrets;
  readonly clock: Clock;
  readonly log: HostLog;
}
