import { describeFailure } from '../failures/describeFailure';
import type { Failure } from '../failures/failure';
import { serviceName } from '../failures/phrases';
import { shortList } from '../text';

/** A transcript that is about to be deleted at the service. */
export interface TranscriptToDelete {
  /** Name on one line. */
  readonly title: string;
  /** Whether a note on this machine has its text. */
  readonly hasNote: boolean;
}

const maxListed = 5;

/**
 * The texts that ask the user to confirm a deletion.
 *
 * @param toDelete at least one
 * @param host of the service
 */
export function confirmDeletionText(
  toDelete: readonly TranscriptToDelete[],
  host: string,
): { readonly question: string; readonly detail: string } {
  const at = serviceName(host);
  const [first] = toDelete;
  const isOne = toDelete.length === 1 && first !== undefined;
  const what = isOne ? `“${first.title}”` : `${toDelete.length} transcripts`;
  const lost = toDelete.filter(({ hasNote }) => !hasNote).length;
  return {
    question: `Delete ${what} at ${at}?`,
    detail: [
      `${at} permanently deletes the text and the uploaded recording. Notes, sidecars and recordings on this machine stay.`,
      ...(lost === 0 ? [] : [lossText(lost, toDelete.length)]),
      ...(isOne
        ? []
        : [
            shortList(
              toDelete.map(({ title }) => title),
              maxListed,
            ),
          ]),
    ].join('\n\n'),
  };
}

function lossText(lost: number, all: number): string {
  if (all === 1) {
    return 'Steno knows of no note for it on this machine, so its text will be lost.';
  }
  const which = lost === all ? 'any of them' : `${lost} of them`;
  return `Steno knows of no note for ${which} on this machine, so that text will be lost.`;
}

/** The result of deleting transcripts at the service. */
export interface DeletionResult {
  /** How many are deleted, as was checked afterwards. */
  readonly deleted: number;
  /** Why others could not be deleted, one failure for each. */
  readonly failures: readonly Failure[];
  /** How many were not tried, because the user stopped. */
  readonly untried: number;
  /** Whether all that failed are among the follow-ups, so that deleting can be retried. */
  readonly isListed: boolean;
}

/** The message about the result of a deletion. @param host of the service */
export function deletionResultText(
  { deleted, failures, untried, isListed }: DeletionResult,
  host: string,
): string {
  const at = serviceName(host);
  const all = deleted + failures.length + untried;
  const [failure] = failures;
  if (failure !== undefined) {
    const what = all === 1 ? 'The transcript is' : `${failures.length} of ${all} transcripts are`;
    const list = isListed
      ? 'and on the list of what is left to do'
      : 'and could not be put on the list of what is left to do: delete again later';
    return `${what} not deleted at ${at} yet, ${list}. ${describeFailure(failure).sentence}`;
  }
  if (untried > 0) {
    return `Stopped: ${deleted} of ${all} transcripts are deleted at ${at}.`;
  }
  return deleted === 1
    ? `The transcript is deleted at ${at}.`
    : `${deleted} transcripts are deleted at ${at}.`;
}
