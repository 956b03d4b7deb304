import { describeFailure } from '../failures/describeFailure';
import type { Failure } from '../failures/failure';
import { serviceName } from '../failures/phrases';
import { shortList } from '../text';

/** A transcript that is to be deleted at the service. */
export interface TranscriptToDelete {
  /** One line, for people. */
  readonly title: string;
  /** Whether its text is on this machine as well. */
  readonly hasNote: boolean;
}

const mostListed = 5;

/** What is asked before anything is deleted. @param doomed at least one */
export function confirmDeletionText(
  doomed: readonly TranscriptToDelete[],
  host: string,
): { readonly question: string; readonly detail: string } {
  const at = serviceName(host);
  const [first] = doomed;
  const isOne = doomed.length === 1 && first !== undefined;
  const what = isOne ? `“${first.title}”` : `${doomed.length} transcripts`;
  const lost = doomed.filter(({ hasNote }) => !hasNote).length;
  return {
    question: `Delete ${what} at ${at}?`,
    detail: [
      `${at} deletes the text and the uploaded recording, for good. What lies on this machine stays: notes, sidecars and recordings.`,
      ...(lost === 0 ? [] : [lossText(lost, doomed.length)]),
      ...(isOne
        ? []
        : [
            shortList(
              doomed.map(({ title }) => title),
              mostListed,
            ),
          ]),
    ].join('\n\n'),
  };
}

function lossText(lost: number, all: number): string {
  if (all === 1) {
    return 'Steno knows of no note of it here: then its text is lost.';
  }
  const which = lost === all ? 'any of them' : `${lost} of them`;
  return `Steno knows of no note of ${which} here: then that text is lost.`;
}

/** How it went. */
export interface DeletionResult {
  /** How many are deleted, and read back as such. */
  readonly deleted: number;
  /** Why the others are not, but for those that were not tried any more. */
  readonly failures: readonly Failure[];
  /** How many were not tried any more, since the user stopped. */
  readonly untried: number;
  /** Whether those that failed are all on the list of what is left to do. */
  readonly isListed: boolean;
}

/** How it went, in words. */
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
