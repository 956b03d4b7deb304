/** Everything that can go wrong and that a caller or a user can tell apart. Sentences are in `describeFailure`. */
export type FailureKind =
  // The account
  | 'keyMissing'
  | 'keyRejected'
  | 'otherServer'
  | 'billing'
  | 'rateLimited'
  // The way to the service
  | 'offline'
  | 'network'
  | 'timeout'
  | 'proxyAuthentication'
  | 'certificate'
  | 'redirected'
  | 'blocked'
  | 'server'
  | 'unexpectedAnswer'
  // The request
  | 'invalidRequest'
  | 'notFound'
  | 'uploadForbidden'
  | 'tooLarge'
  | 'paidAccountNeeded'
  | 'gatewayMissing'
  | 'modelRefused'
  | 'optionsRefused'
  | 'webhookSecretMissing'
  | 'transcriptNotReady'
  | 'transcriptDeleted'
  | 'notDeleted'
  // The job, as told by the `error` text of a transcript
  | 'noAudioTrack'
  | 'notMedia'
  | 'downloadFailed'
  | 'noRecordingAtUrl'
  | 'tooShort'
  | 'noSpeech'
  | 'languageUncertain'
  | 'tooLittleSpeech'
  | 'jobServerError'
  | 'jobFailed'
  // The service on this machine
  | 'localServerFailed'
  | 'beyondLocal'
  // The recording on disk
  | 'recordingMissing'
  | 'recordingIsFolder'
  | 'recordingLinkBroken'
  | 'notOnDisk'
  | 'recordingUnreadable'
  | 'recordingEmpty'
  | 'recordingRefused'
  | 'recordingChanged'
  | 'recordingIsText'
  | 'alreadyRunning'
  | 'askedOtherwise'
  | 'interrupted'
  // The recording when its transcript is there
  | 'recordingGone'
  | 'recordingReplaced'
  // What is written
  | 'journalUnwritable'
  | 'takenOver'
  | 'sidecarUnwritable'
  | 'noteUnwritable'
  | 'editRefused'
  | 'fileUnwritable'
  // The rest
  | 'settings'
  | 'cancelled'
  | 'cancelledWhileSubmitting'
  | 'unexpected';

/** What is known about a failure. Nothing in it may hold the key; `message` may hold the vendor's words. */
export interface FailureFacts {
  /** HTTP status, where there was an answer. */
  readonly status?: number | undefined;
  /** How long the server asked to wait. */
  readonly retryAfterMs?: number | undefined;
  /** Set as soon as a job exists at the service, so that it can be found again. */
  readonly transcriptId?: string | undefined;
  /** Body of the answer, cut; for the log. */
  readonly body?: string | undefined;
  /** Error code of the system or of the HTTP library, such as `ECONNRESET`. */
  readonly code?: string | undefined;
  /** The recording, note or setting that it is about, as a user would name it. */
  readonly subject?: string | undefined;
  /** Host of the service, with its port where that is not the usual one. */
  readonly host?: string | undefined;
  /** Path of the transcript in Steno's own folder, as long as it is not saved where it belongs. */
  readonly keptAt?: string | undefined;
  readonly cause?: unknown;
}

/** The one error type of Steno: `kind` is for decisions, `message` for the log, `describeFailure` for people. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly transcriptId: string | undefined;
  readonly body: string | undefined;
  readonly code: string | undefined;
  readonly subject: string | undefined;
  readonly host: string | undefined;
  readonly keptAt: string | undefined;

  constructor(
    readonly kind: FailureKind,
    message: string,
    facts: FailureFacts = {},
  ) {
    super(message, { cause: facts.cause });
    this.status = facts.status;
    this.retryAfterMs = facts.retryAfterMs;
    this.transcriptId = facts.transcriptId;
    this.body = facts.body;
    this.code = facts.code;
    this.subject = facts.subject;
    this.host = facts.host;
    this.keptAt = facts.keptAt;
  }

  /** The same failure, with more known about it. */
  with(more: FailureFacts): Failure {
    const { status, retryAfterMs, transcriptId, body, code, subject, host, keptAt, cause } = this;
    const known: FailureFacts = {
      status,
      retryAfterMs,
      transcriptId,
      body,
      code,
      subject,
      host,
      keptAt,
      cause,
    };
    return new Failure(this.kind, this.message, { ...known, ...more });
  }
}

/** The `host` of Steno's own server on this machine, as people know it: it has no network, no account and no price. */
export const speechServerHost = 'Steno’s speech server';

/** Any thrown value as a Failure: itself, a cancellation, or `unexpected` with the value as its cause. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) {
    return thrown;
  }
  if (thrown instanceof Error) {
    return thrown.name === 'AbortError'
      ? new Failure('cancelled', 'Cancelled', { cause: thrown })
      : new Failure('unexpected', thrown.message, { cause: thrown });
  }
  return new Failure('unexpected', String(thrown), { cause: thrown });
}
