/** The kinds of failure: what callers or users have to tell apart. `describeFailure` has a sentence for each. */
export type FailureKind =
  // The account
  | 'keyMissing'
  | 'keyRejected'
  | 'otherServer'
  | 'billing'
  | 'rateLimited'
  // The connection to the service
  | 'offline'
  | 'network'
  | 'timeout'
  | 'uploadUnanswered'
  | 'proxyAuthentication'
  | 'certificate'
  | 'redirected'
  | 'blocked'
  | 'server'
  | 'unexpectedAnswer'
  | 'answerTooLarge'
  // The request
  | 'invalidRequest'
  | 'notFound'
  | 'uploadForbidden'
  | 'tooLarge'
  | 'tooLargeForProxy'
  | 'paidAccountNeeded'
  | 'gatewayMissing'
  | 'modelRefused'
  | 'optionsRefused'
  | 'webhookSecretMissing'
  | 'transcriptNotReady'
  | 'transcriptDeleted'
  | 'notDeleted'
  // The job, by the `error` text of its transcript
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
  // The recording, once its transcript has arrived
  | 'recordingGone'
  | 'recordingReplaced'
  // Files that Steno writes
  | 'journalUnwritable'
  | 'takenOver'
  | 'sidecarUnwritable'
  | 'noteUnwritable'
  | 'editRefused'
  | 'fileUnwritable'
  // Others
  | 'settings'
  | 'secretsUnavailable'
  | 'cancelled'
  | 'cancelledWhileSubmitting'
  | 'unexpected';

/** What is known about a failure. None of it may contain the API key. */
export interface FailureFacts {
  /** HTTP status, where the service responded. */
  readonly status?: number | undefined;
  /** How long the service asks to wait before the next try. */
  readonly retryAfterMs?: number | undefined;
  /** Id of the job at the service, as soon as there is one, so that it can be found again. */
  readonly transcriptId?: string | undefined;
  /** Beginning of the response's body, for the log. */
  readonly body?: string | undefined;
  /** Error code of the system or of the HTTP library, such as `ECONNRESET`. */
  readonly code?: string | undefined;
  /** Name of the recording, note or setting that it is about, as users know it. */
  readonly subject?: string | undefined;
  /** Host of the service, with its port where that is not the usual one. */
  readonly host?: string | undefined;
  /** Path of the transcript in Steno's own folder, until it is saved beside the recording. */
  readonly keptAt?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The error type of Steno. `kind` is what callers decide by. `message` is for the log, and may quote the service;
 * `describeFailure` makes the sentence that users read.
 */
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

  /** A copy of this failure with more facts. */
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

/** Stands for the speech server on this machine in `host`, and is its name in sentences. */
export const speechServerHost = 'Steno’s speech server';

/**
 * Any thrown value as a Failure: a Failure is returned as it is, an `AbortError` is `cancelled`, all else is
 * `unexpected`.
 */
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
