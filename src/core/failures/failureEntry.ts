import type { Failure } from './failure';

/** What Steno can offer its user to do about a failure. */
export type Remedy =
  | 'setApiKey'
  | 'setWebhookSecret'
  | 'useAssemblyAi'
  | 'openBilling'
  | 'openPresets'
  | 'openSettings'
  | 'retry'
  | 'writeNoteAnyway'
  | 'saveElsewhere'
  | 'showLog';

/** The texts for one kind of failure. */
export interface FailureEntry {
  /** One sentence that says what happened and what to do. */
  readonly say: (failure: Failure) => string;
  /** The most helpful first. */
  readonly remedies: readonly Remedy[] | ((failure: Failure) => readonly Remedy[]);
}
