import { describeFailure } from '../failures/describeFailure';
import type { Failure, FailureKind } from '../failures/failure';
import { serviceOf } from '../failures/phrases';
import { oneLine } from '../text';
import type { FollowUp } from './followUp';

/** A follow-up that could not be done yet, and why. */
export interface PendingFollowUp {
  readonly followUp: FollowUp;
  readonly failure: Failure;
}

/** Failures that are not about one transcript: the next follow-up would fail in the same way. */
const aboutAll: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'keyMissing',
  'keyRejected',
  'otherServer',
  'settings',
  'rateLimited',
  'offline',
  'network',
  'timeout',
  'proxyAuthentication',
  'certificate',
  'redirected',
  'blocked',
  'server',
  'unexpectedAnswer',
  'cancelled',
]);

/** Whether a failure is about the service, or the way there, so that no other follow-up can be done there now. */
export function stopsAll({ kind }: Failure): boolean {
  return aboutAll.has(kind);
}

/** Whether a service will never give out the redacted audio: it was not made, has expired, or is deleted. */
export function isLostForGood({ kind }: Failure): boolean {
  return kind === 'transcriptDeleted' || kind === 'invalidRequest';
}

/** What a user can decide about a pending follow-up, besides trying again. */
export type PendingRemedy =
  /** To forget it: the service does not know the transcript, and cannot tell whether it did under another key. */
  | 'forget'
  /** To do without the redacted audio, for which there is no place. */
  | 'withoutAudio'
  | 'none';

/** What a user can decide about a follow-up that failed like this. */
export function pendingRemedyFor({ kind, code }: Failure): PendingRemedy {
  if (kind === 'notFound') {
    return 'forget';
  }
  return kind === 'fileUnwritable' && code !== 'EEXIST' ? 'withoutAudio' : 'none';
}

/** What is pending, and why; '' for nothing. */
export function pendingText(pending: readonly PendingFollowUp[]): string {
  const [first, ...others] = pending;
  if (first === undefined) {
    return '';
  }
  const what =
    others.length === 0
      ? ofOne(first.followUp)
      : `${pending.length} transcripts are not deleted at the service yet, or their redacted audio is not saved.`;
  return `${what} ${reason(first.failure)}`;
}

function reason(failure: Failure): string {
  return pendingRemedyFor(failure) === 'forget'
    ? `${serviceOf(failure)} does not know it with this key: it may be deleted already, or belong to another key.`
    : describeFailure(failure).sentence;
}

function ofOne({ name, redactedAudio }: FollowUp): string {
  const subject = `“${oneLine(name)}”`;
  return redactedAudio === null
    ? `The transcript of ${subject} is not deleted at the service yet.`
    : `The redacted audio of ${subject} is not saved yet.`;
}

/** Tells that the redacted audio of a transcript is lost, and that the transcript is deleted nevertheless. */
export function lostAudioText({ name, deletes }: FollowUp, failure: Failure): string {
  const rest = deletes ? ' Its transcript is deleted there anyway.' : '';
  return `There is no redacted audio of “${oneLine(name)}” to be saved. ${describeFailure(failure).sentence}${rest}`;
}
