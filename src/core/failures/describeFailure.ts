import { oneLineWithoutTags } from '../text';
import { speechServerHost, type Failure, type FailureKind } from './failure';
import type { FailureEntry, Remedy } from './failureEntry';
import {
  bracketed,
  bracketedCode,
  bracketedId,
  quotedMessage,
  serviceOf,
  subjectOr,
  theRecording,
  transcriptWithId,
} from './phrases';
import { diskEntries, jobEntries, localEntries } from './recordingEntries';
import { accountEntries, connectionEntries, requestEntries } from './serviceEntries';

/** A failure as users read it. */
export interface FailureDescription {
  /** One sentence that says what happened and what to do. */
  readonly sentence: string;
  /** The most helpful first. */
  readonly remedies: readonly Remedy[];
}

/** A subject in capital letters is an environment variable; the only ones that Steno can blame are those of proxies. */
const whereToChange = (failure: Failure): string =>
  /^[A-Z_]+$/.test(failure.subject ?? '')
    ? 'change that environment variable, or set http.proxy in the settings'
    : 'change it in the settings';

const otherEntries = {
  settings: {
    say: (failure) =>
      `${oneLineWithoutTags(failure.message).replace(/\.$/, '')}${bracketed(failure.subject)}: ${whereToChange(failure)}.`,
    remedies: ['openSettings'],
  },
  secretsUnavailable: {
    say: (failure) =>
      `VS Code’s secret storage does not work, saying ${quotedMessage(failure)}: unlock your system’s keyring or restart VS Code, then try again.`,
    remedies: ['retry', 'showLog'],
  },
  cancelled: {
    say: (failure) =>
      failure.transcriptId === undefined
        ? 'Cancelled.'
        : `Steno no longer waits for ${subjectOr(failure, 'the recording')}, but ${serviceOf(failure)} cannot be stopped: the job runs on and is billed, with the ID ${failure.transcriptId}, and its result is collected when you transcribe the recording again.`,
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

/** For failures that should not happen between two programs on one machine, where no network or account is involved. */
const badResponse: FailureEntry = {
  say: (failure) =>
    `${serviceOf(failure)} did not answer as it should${bracketedCode(failure)}: try again, and see the log if the problem persists.`,
  remedies: ['retry', 'showLog'],
};

const serverError: FailureEntry = {
  say: (failure) =>
    `${serviceOf(failure)} failed${bracketedCode(failure)}, saying ${quotedMessage(failure)}: try again, and see the log if the problem persists.`,
  remedies: ['retry', 'showLog'],
};

const copyLost: FailureEntry = {
  say: (failure) =>
    `${serviceOf(failure)} no longer has its copy of the recording: transcribe it again${bracketedId(failure)}.`,
  remedies: ['retry'],
};

/** Failures of the speech server on this machine that need other sentences than those of AssemblyAI. */
const localServerEntries: Readonly<Partial<Record<FailureKind, FailureEntry>>> = {
  keyRejected: badResponse,
  billing: badResponse,
  rateLimited: badResponse,
  offline: badResponse,
  network: badResponse,
  timeout: badResponse,
  uploadUnanswered: badResponse,
  tooLargeForProxy: badResponse,
  certificate: badResponse,
  redirected: badResponse,
  blocked: badResponse,
  unexpectedAnswer: badResponse,
  answerTooLarge: badResponse,
  server: serverError,
  jobServerError: serverError,
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

/** The catalogue. The compiler checks that every kind has an entry. */
const entries: Readonly<Record<FailureKind, FailureEntry>> = {
  ...accountEntries,
  ...connectionEntries,
  ...requestEntries,
  ...jobEntries,
  ...localEntries,
  ...diskEntries,
  ...otherEntries,
};

/**
 * Whether a text is a kind of failure. One in the journal may come from another version of Steno, which has other
 * kinds.
 */
export function isFailureKind(text: string): text is FailureKind {
  return Object.hasOwn(entries, text);
}

/** A failure as users read it: without markup and stack, and with the service's own text on one line. */
export function describeFailure(failure: Failure): FailureDescription {
  const localEntry = failure.host === speechServerHost ? localServerEntries[failure.kind] : undefined;
  const { say, remedies } = localEntry ?? entries[failure.kind];
  return { sentence: say(failure), remedies: typeof remedies === 'function' ? remedies(failure) : remedies };
}
