import type * as vscode from 'vscode';
import type { Connector } from '../services/connector';
import type { FollowUps } from '../followUps/followUps';
import type { JobList } from '../jobs/jobList';
import type { Transcriber } from '../transcribe/transcriber';
import type { NamedRecordings } from '../note/namedRecordings';
import type { Keys } from '../keys/keys';
import type { WebhookSecrets } from '../keys/webhookSecrets';
import type { HostLog } from '../platform/log';
import type { Clock } from '../../core/ports';

/** What commands need. */
export interface CommandParts {
  readonly context: vscode.ExtensionContext;
  readonly connector: Connector;
  readonly keys: Keys;
  readonly transcriber: Transcriber;
  readonly list: JobList;
  readonly followUps: FollowUps;
  readonly recordings: NamedRecordings;
  readonly webhookSecrets: WebhookSecrets;
  readonly clock: Clock;
  readonly log: HostLog;
}
