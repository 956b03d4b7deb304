import { describeFailure } from '../failures/describeFailure';
import type { Failure, FailureKind } from '../failures/failure';
import { serviceOf } from '../failures/phrases';
import type { FollowUp } from './followUp';
import { oneLine } from '../text';

/** Something that is still to be done, and why it could not be. */
export interface LeftOver {
  readonly followUp: FollowUp;
  readonly failure: Failure;
}

/** What is not about one transcript: the next one would fail in the same way. */
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

/** Whether the failure is about the service, or the way there, so that nothing else can be done there now. */
export function stopsAll({ kind }: Failure): boolean {
  return aboutAll.has(kind);
}

/** Whether a service will never give out the redacted audio: it was not made, has expired, or is deleted. */
export function isLostForGood({ kind }: Failure): boolean {
  return kind === 'transcriptDeleted' || kind === 'invalidRequest';
}

/** What, besides trying again, can be done about something that is left; only its user can say that it is to be done. */
export type WayOut =
  /** To forget it: the service does not know it, and nobody can tell whether it did under another key. */
  | 'forget'
  /** To do without the redacted audio, for which there is no place. */
  | 'withoutAudio'
  | 'none';

export function wayOutOf({ kind, code }: Failure): WayOut {
  if (kind === 'notFound') {
    return 'forget';
  }
  return kind === 'fileUnwritable' && code !== 'EEXIST' ? 'withoutAudio' : 'none';
}

/** What is left to do, and why. @param left at least one */
export function leftText(left: readonly LeftOver[]): string {
  const [first, ...others] = left;
  if (first === undefined) {
    return '';
  }
  const what =
    others.length === 0
      ? ofOne(first.followUp)
      : `${left.length} transcripts are not deleted at the service yet, or their redacted audio is not saved.`;
  return `${what} ${reason(first.failure)}`;
}

function reason(failure: Failure): string {
  return wayOutOf(failure) === 'forget'
    ? `${serviceOf(failure)} does not know it with this key: it may be deleted already, or belong to another key.`
    : describeFailure(failure).sentence;
}

function ofOne({ name, redactedAudio }: FollowUp): string {
  const subject = `“${oneLine(name)}”`;
  return redactedAudio === null
    ? `The transcript of ${subject} is not deleted at the service yet.`
    : `The redacted audio of ${subject} is not saved yet.`;
}

/** That a transcript is deleted all the same although its redacted audio could not be had. */
export function lostAudioText({ name, deletes }: FollowUp, failure: Failure): string {
  const rest = deletes ? ' Its transcript is deleted there all the same.' : '';
  return `There is no redacted audio of “${oneLine(name)}” to be saved. ${describeFailure(failure).sentence}${rest}`;
}
