import { localHost, type Failure, type FailureKind } from './failure';
import { oneLineOfWords } from './vendorWords';
import {
  asOneSentence,
  detail,
  inBrackets,
  isAssemblyAi,
  kept,
  named,
  patience,
  quoted,
  recording,
  service,
  sizeLimit,
  subject,
  transcript,
} from './words';

/** What a user can be offered to do about a failure. */
export type Remedy =
  'setApiKey' | 'useAssemblyAi' | 'openBilling' | 'openSettings' | 'retry' | 'writeNoteAnyway' | 'showLog';

/** A failure in words for people. */
export interface FailureDescription {
  /** One sentence: what happened, and what to do. */
  readonly sentence: string;
  /** The most helpful first. */
  readonly remedies: readonly Remedy[];
}

interface Entry {
  readonly say: (failure: Failure) => string;
  readonly remedies: readonly Remedy[] | ((failure: Failure) => readonly Remedy[]);
}

const account = {
  keyMissing: {
    say: (failure) => `Steno needs your API key for ${service(failure)}: set it once, and transcribe again.`,
    remedies: ['setApiKey'],
  },
  keyRejected: {
    say: (failure) =>
      `${service(failure)} does not accept the API key: set a valid one, and check that it belongs to the ${isAssemblyAi(failure) ? 'region' : 'server'} in the settings.`,
    remedies: ['setApiKey', 'retry', 'openSettings'],
  },
  otherServer: {
    say: (failure) =>
      `This job runs at ${service(failure)}, which is not the server in the settings: choose that one again to go on.`,
    remedies: ['openSettings', 'retry'],
  },
  billing: {
    say: (failure) =>
      `${service(failure)} takes no job because of your account’s balance: top it up, then try again${detail(failure)}.`,
    remedies: ['openBilling', 'retry'],
  },
  rateLimited: {
    say: (failure) =>
      failure.status === 403
        ? `${service(failure)} refuses requests for now (HTTP 403): wait a few minutes, and if it stays so, check what your API key may do.`
        : `${service(failure)} gets too many requests from your account${detail(failure)}: try again ${patience(failure.retryAfterMs)}.`,
    remedies: ['retry'],
  },
} satisfies Partial<Record<FailureKind, Entry>>;

const way = {
  offline: {
    say: (failure) =>
      `${service(failure)} cannot be reached${detail(failure)}: check your internet connection, or name your proxy in the setting http.proxy, then try again.`,
    remedies: ['retry', 'showLog'],
  },
  network: {
    say: (failure) =>
      `The connection to ${service(failure)} failed${detail(failure)}: check your network or proxy, then try again.`,
    remedies: ['retry', 'showLog'],
  },
  timeout: {
    say: (failure) =>
      `${service(failure)} did not answer in time${detail(failure)}: check your connection, or name your proxy in the setting http.proxy, then try again.`,
    remedies: ['retry', 'showLog'],
  },
  proxyAuthentication: {
    say: () =>
      'Your network’s proxy asks for another user name or password (HTTP 407): put them into the setting http.proxy, as in http://user:password@host:port.',
    remedies: ['openSettings', 'showLog'],
  },
  certificate: {
    say: (failure) =>
      `The certificate of ${service(failure)} is not trusted${detail(failure)}: if your company inspects traffic, add its certificate authority to the system’s, or name its file in NODE_EXTRA_CA_CERTS.`,
    remedies: ['showLog', 'retry'],
  },
  redirected: {
    say: (failure) =>
      `${service(failure)} redirects to another address${detail(failure)}, where Steno does not send your API key: check the service’s address in the settings.`,
    remedies: ['openSettings', 'showLog'],
  },
  blocked: {
    say: (failure) =>
      `A proxy or firewall blocks the way to ${service(failure)}${detail(failure)}: ask whoever runs your network to let it through.`,
    remedies: ['showLog', 'retry'],
  },
  server: {
    say: (failure) =>
      `${service(failure)} has trouble of its own${detail(failure)}: try again in a few minutes.`,
    remedies: ['retry', 'showLog'],
  },
  unexpectedAnswer: {
    say: (failure) =>
      `The answer from ${service(failure)} makes no sense${detail(failure)}: sign in to your network if it has a login page, then try again.`,
    remedies: ['retry', 'showLog'],
  },
} satisfies Partial<Record<FailureKind, Entry>>;

const request = {
  invalidRequest: {
    say: (failure) =>
      `${service(failure)} refused the request${detail(failure)}, saying ${quoted(failure)}: the log has the details.`,
    remedies: ['showLog'],
  },
  notFound: {
    say: (failure) =>
      failure.transcriptId === undefined
        ? `${service(failure)} does not know this address${detail(failure)}: check the service’s address in the settings.`
        : `${service(failure)} has no transcript ${failure.transcriptId} for this API key: it may have expired, so transcribe the recording again.`,
    remedies: ['retry', 'openSettings'],
  },
  uploadForbidden: {
    say: (failure) =>
      `${service(failure)} cannot read the uploaded recording with this API key: transcribe it again, so that it is uploaded anew.`,
    remedies: ['retry'],
  },
  tooLarge: {
    say: (failure) =>
      `${recording(failure)} is too large${detail(failure)}: ${sizeLimit(failure)}, so export only the sound, or split it.`,
    remedies: [],
  },
} satisfies Partial<Record<FailureKind, Entry>>;

const job = {
  noAudioTrack: {
    say: (failure) =>
      `${recording(failure)} has no sound track: choose one in which something can be heard${named(failure)}.`,
    remedies: [],
  },
  notMedia: {
    say: (failure) =>
      `${recording(failure)} is no audio or video that ${service(failure)} can read: check that it plays, or convert it${named(failure)}.`,
    remedies: ['showLog'],
  },
  downloadFailed: {
    say: (failure) =>
      `${service(failure)} could not fetch the recording: try again, so that it is uploaded anew${named(failure)}.`,
    remedies: ['retry', 'showLog'],
  },
  tooShort: {
    say: (failure) =>
      `${recording(failure)} is too short: ${service(failure)} needs at least 160 milliseconds${named(failure)}.`,
    remedies: [],
  },
  noSpeech: {
    say: (failure) =>
      `Nobody speaks in ${subject(failure, 'the recording')}: check that it is the right one${named(failure)}.`,
    remedies: [],
  },
  languageUncertain: {
    say: (failure) =>
      `${service(failure)} is not sure enough which language is spoken: check that it is the right recording, and that the speech is clear${named(failure)}.`,
    remedies: [],
  },
  tooLittleSpeech: {
    say: (failure) =>
      `${recording(failure)} holds less speech than was asked for: check that it is the right one${named(failure)}.`,
    remedies: [],
  },
  jobServerError: {
    say: (failure) =>
      `${service(failure)} failed on ${transcript(failure)} by an error of its own, which is not billed: try again in a few minutes.`,
    remedies: ['retry', 'showLog'],
  },
  jobFailed: {
    say: (failure) =>
      `${service(failure)} failed on ${transcript(failure)}, saying ${quoted(failure)}: the log has the details.`,
    remedies: ['showLog', 'retry'],
  },
} satisfies Partial<Record<FailureKind, Entry>>;

const local = {
  localServerFailed: {
    say: (failure) =>
      `The speech server on this machine could not be started${detail(failure)}, saying ${quoted(failure)}: try again, and see the log if it stays so.`,
    remedies: ['retry', 'useAssemblyAi', 'showLog'],
  },
  beyondLocal: {
    say: (failure) =>
      `${recording(failure)} cannot be transcribed: ${asOneSentence(failure.message)}${named(failure)}.`,
    remedies: ['useAssemblyAi'],
  },
} satisfies Partial<Record<FailureKind, Entry>>;

const disk = {
  recordingMissing: {
    say: (failure) => `${recording(failure)} is no longer there: check whether it was moved or renamed.`,
    remedies: [],
  },
  recordingIsFolder: {
    say: (failure) => `${subject(failure, 'This')} is a folder: choose a recording inside it.`,
    remedies: [],
  },
  recordingLinkBroken: {
    say: (failure) =>
      `${subject(failure, 'This')} is a link to a file that does not exist: choose the recording itself, or mend the link.`,
    remedies: [],
  },
  notOnDisk: {
    say: (failure) =>
      `${subject(failure, 'This')} is not a file on a disk that Steno can read: copy it into a folder first.`,
    remedies: [],
  },
  recordingUnreadable: {
    // Without a code nothing failed: it is a pipe or a device, which will be one the next time, too.
    say: (failure) =>
      failure.code === undefined
        ? `${subject(failure, 'This')} is no ordinary file: choose an audio or video file.`
        : `${recording(failure)} cannot be read${detail(failure)}: check its permissions and the disk.`,
    remedies: (failure) => (failure.code === undefined ? [] : ['retry']),
  },
  recordingEmpty: {
    say: (failure) => `${recording(failure)} is empty: check that recording or copying it has finished.`,
    remedies: [],
  },
  recordingChanged: {
    say: (failure) =>
      `${recording(failure)} changed while it was being uploaded: wait until it is complete, then try again.`,
    remedies: ['retry'],
  },
  recordingIsText: {
    say: (failure) => `${recording(failure)} is a text file: choose an audio or video file.`,
    remedies: [],
  },
  alreadyRunning: {
    say: (failure) =>
      `Steno is at work on ${subject(failure, 'this recording')} already: wait for its note, or answer its question if there is one.`,
    remedies: [],
  },
  recordingGone: {
    say: (failure) =>
      `${recording(failure)} is no longer where it was, so its note is not written yet: put it back and try again, or have the note written without it${kept(failure)}.`,
    remedies: ['retry', 'writeNoteAnyway'],
  },
  recordingReplaced: {
    say: (failure) =>
      `${recording(failure)} has changed since it was transcribed, so its note is not written yet: put the earlier one back and try again, or have the note written all the same${kept(failure)}.`,
    remedies: ['retry', 'writeNoteAnyway'],
  },
  sidecarUnwritable: {
    say: (failure) =>
      `The transcript of ${subject(failure, 'the recording')} could not be saved beside it${detail(failure)}: check the folder and its free space, then try again${kept(failure)}.`,
    remedies: ['retry', 'showLog'],
  },
  interrupted: {
    say: (failure) =>
      `Work on ${subject(failure, 'the recording')} was interrupted when VS Code ended, and has to begin anew: try again to go on.`,
    remedies: ['retry'],
  },
  journalUnwritable: {
    // A job is submitted only after that was written down.
    say: (failure) =>
      `Steno could not write down how far ${subject(failure, 'the recording')} is${detail(failure)}: check the permissions and free space of the folder where VS Code keeps its data, then try again${kept(failure) === '' ? '; nothing was submitted' : kept(failure)}.`,
    remedies: ['retry', 'showLog'],
  },
  takenOver: {
    say: (failure) =>
      `Another window of VS Code has taken over ${subject(failure, 'the recording')}: wait for its note there, nothing is paid for twice.`,
    remedies: [],
  },
  noteUnwritable: {
    say: (failure) =>
      `${failure.subject === undefined ? 'The note' : `The note ${subject(failure, '')}`} could not be written${detail(failure)}: check the folder’s permissions and free space${kept(failure)}.`,
    remedies: ['retry', 'showLog'],
  },
} satisfies Partial<Record<FailureKind, Entry>>;

/** Only names of environment variables are all capitals; of those, Steno reads proxies. */
const whereToChange = (failure: Failure): string =>
  /^[A-Z_]+$/.test(failure.subject ?? '')
    ? 'change that environment variable, or set http.proxy in the settings'
    : 'change it in the settings';

const rest = {
  settings: {
    say: (failure) =>
      `${oneLineOfWords(failure.message).replace(/\.$/, '')}${inBrackets(failure.subject)}: ${whereToChange(failure)}.`,
    remedies: ['openSettings'],
  },
  cancelled: {
    say: (failure) =>
      failure.transcriptId === undefined
        ? 'Cancelled.'
        : `Steno no longer waits for ${subject(failure, 'the recording')}, but ${service(failure)} cannot be stopped: the job runs on and is billed, with the id ${failure.transcriptId}, and its result is collected when you transcribe the recording again.`,
    remedies: [],
  },
  cancelledWhileSubmitting: {
    say: (failure) =>
      `Steno no longer waits for ${subject(failure, 'the recording')}, and could not see whether the job was taken, which would then run on and be billed: transcribe the recording again to find out, without a second upload.`,
    remedies: [],
  },
  unexpected: {
    say: (failure) => `Something unexpected happened, ${quoted(failure)}: the log has the details.`,
    remedies: ['showLog', 'retry'],
  },
} satisfies Partial<Record<FailureKind, Entry>>;

/** Whatever should not happen between two programs of one machine, where neither network nor key is the matter. */
const troubled: Entry = {
  say: (failure) =>
    `${service(failure)} did not answer as it should${detail(failure)}: try again, and see the log if it stays so.`,
  remedies: ['retry', 'showLog'],
};

const failing: Entry = {
  say: (failure) =>
    `${service(failure)} failed${detail(failure)}, saying ${quoted(failure)}: try again, and see the log if it stays so.`,
  remedies: ['retry', 'showLog'],
};

const copyLost: Entry = {
  say: (failure) =>
    `${service(failure)} no longer has its copy of the recording: transcribe it again${named(failure)}.`,
  remedies: ['retry'],
};

/** What is to be said otherwise of Steno's own server on this machine. */
const ofLocalServer: Readonly<Partial<Record<FailureKind, Entry>>> = {
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
      `${service(failure)} does not have ${transcript(failure)}: transcribe the recording again.`,
    remedies: ['retry'],
  },
  uploadForbidden: copyLost,
  downloadFailed: copyLost,
  recordingChanged: {
    say: (failure) =>
      `${recording(failure)} changed while it was being copied: wait until it is complete, then try again.`,
    remedies: ['retry'],
  },
  cancelledWhileSubmitting: {
    say: (failure) =>
      `Steno no longer waits for ${subject(failure, 'the recording')}, and could not see whether the work was begun: transcribe the recording again to find out.`,
    remedies: [],
  },
};

/** Every kind has its words; the compiler sees to it. */
const entries: Readonly<Record<FailureKind, Entry>> = {
  ...account,
  ...way,
  ...request,
  ...job,
  ...local,
  ...disk,
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
