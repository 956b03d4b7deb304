import type { FailureEntry, Remedy } from './failureEntry';
import { localHost, type Failure, type FailureKind } from './failure';
import { diskEntries, jobEntries, localEntries } from './recordingEntries';
import { accountEntries, requestEntries, connectionEntries } from './serviceEntries';
import {
  bracketedCode,
  bracketed,
  bracketedId,
  quotedMessage,
  theRecording,
  serviceOf,
  subjectOr,
  transcriptWithId,
} from './phrases';
import { oneLineWithoutTags } from '../text';

/** A failure in words for people. */
export interface FailureDescription {
  /** One sentence: what happened, and what to do. */
  readonly sentence: string;
  /** The most helpful first. */
  readonly remedies: readonly Remedy[];
}

/** Only names of environment variables are all capitals; of those, Steno reads proxies. */
const whereToChange = (failure: Failure): string =>
  /^[A-Z_]+$/.test(failure.subject ?? '')
    ? 'change that environment variable, or set http.proxy in the settings'
    : 'change it in the settings';

const rest = {
  settings: {
    say: (failure) =>
      `${oneLineWithoutTags(failure.message).replace(/\.$/, '')}${bracketed(failure.subject)}: ${whereToChange(failure)}.`,
    remedies: ['openSettings'],
  },
  cancelled: {
    say: (failure) =>
      failure.transcriptId === undefined
        ? 'Cancelled.'
        : `Steno no longer waits for ${subjectOr(failure, 'the recording')}, but ${serviceOf(failure)} cannot be stopped: the job runs on and is billed, with the id ${failure.transcriptId}, and its result is collected when you transcribe the recording again.`,
    remedies: [],
  },
  cancelledWhileSubmitting: {
    say: (failure) =>
      `Steno no longer waits for ${subjectOr(failure, 'the recording')}, and could not see whether the job was taken, which would then run on and be billed: transcribe the recording again to find out, without a second upload.`,
    remedies: [],
  },
  unexpected: {
    say: (failure) => `Something unexpected happened, ${quotedMessage(failure)}: the log has the details.`,
    remedies: ['showLog', 'retry'],
  },
} satisfies Partial<Record<FailureKind, FailureEntry>>;

/** Whatever should not happen between two programs of one machine, where neither network nor key is the matter. */
const troubled: FailureEntry = {
  say: (failure) =>
    `${serviceOf(failure)} did not answer as it should${bracketedCode(failure)}: try again, and see the log if it stays so.`,
  remedies: ['retry', 'showLog'],
};

const failing: FailureEntry = {
  say: (failure) =>
    `${serviceOf(failure)} failed${bracketedCode(failure)}, saying ${quotedMessage(failure)}: try again, and see the log if it stays so.`,
  remedies: ['retry', 'showLog'],
};

const copyLost: FailureEntry = {
  say: (failure) =>
    `${serviceOf(failure)} no longer has its copy of the recording: transcribe it again${bracketedId(failure)}.`,
  remedies: ['retry'],
};

/** What is to be said otherwise of Steno's own server on this machine. */
const ofLocalServer: Readonly<Partial<Record<FailureKind, FailureEntry>>> = {
  keyRejected: troubled,
  billing: troubled,
  rateLimited: troubled,
  offline: troubled,
  network: troubled,
  timeout: troubled,
  certificate: troubled,
  redirected: troubled,
  blocked: troubled,
  unexpectedAnswer: troubled,
  server: failing,
  jobServerError: failing,
  notFound: {
    say: (failure) =>
      `${serviceOf(failure)} does not have ${transcriptWithId(failure)}: transcribe the recording again.`,
    remedies: ['retry'],
  },
  uploadForbidden: copyLost,
  downloadFailed: copyLost,
  recordingChanged: {
    say: (failure) =>
      `${theRecording(failure)} changed while it was being copied: wait until it is complete, then try again.`,
    remedies: ['retry'],
  },
  cancelledWhileSubmitting: {
    say: (failure) =>
      `Steno no longer waits for ${subjectOr(failure, 'the recording')}, and could not see whether the work was begun: transcribe the recording again to find out.`,
    remedies: [],
  },
};

/** Every kind has its words; the compiler sees to it. */
const entries: Readonly<Record<FailureKind, FailureEntry>> = {
  ...accountEntries,
  ...connectionEntries,
  ...requestEntries,
  ...jobEntries,
  ...localEntries,
  ...diskEntries,
  ...rest,
};

/** Whether a text names a kind of failure; one that was written down may be from another version of Steno. */
export function isFailureKind(text: string): text is FailureKind {
  return Object.hasOwn(entries, text);
}

/** A failure as a user reads it: no markup, no stack, the vendor's own words cut to a line. */
export function describeFailure(failure: Failure): FailureDescription {
  const ofLocal = failure.host === localHost ? ofLocalServer[failure.kind] : undefined;
  const { say, remedies } = ofLocal ?? entries[failure.kind];
  return { sentence: say(failure), remedies: typeof remedies === 'function' ? remedies(failure) : remedies };
}
