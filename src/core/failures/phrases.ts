import { oneLine, oneLineWithoutTags, withoutFullStop } from '../text';
import { speechServerHost, type Failure } from './failure';
import type { Remedy } from './failureEntry';

// Phrases that the sentences about failures are made of.

const hostsOfAssemblyAi: readonly string[] = [
  'api.assemblyai.com',
  'api.eu.assemblyai.com',
  'llm-gateway.assemblyai.com',
  'llm-gateway.eu.assemblyai.com',
];

/** Whether a failure happened at AssemblyAI, which is assumed where the host is not known. */
export const isAssemblyAi = ({ host }: Failure): boolean =>
  host === undefined || hostsOfAssemblyAi.includes(host);

/** The name of the service at a host: AssemblyAI, or the host itself, such as that of a company's own gateway. */
export function serviceName(host: string): string {
  return hostsOfAssemblyAi.includes(host) ? 'AssemblyAI' : oneLine(host);
}

/** The name of the service where a failure happened. */
export const serviceOf = ({ host }: Failure): string =>
  host === undefined ? 'AssemblyAI' : serviceName(host);

/** The subject of a failure in quotation marks, or else another text. */
export const subjectOr = (failure: Failure, otherwise: string): string =>
  failure.subject === undefined ? otherwise : `“${oneLine(failure.subject)}”`;

/** `The recording “talk.mp3”` or, where the name is not known, `The recording`. */
export const theRecording = (failure: Failure): string =>
  failure.subject === undefined ? 'The recording' : `The recording ${subjectOr(failure, '')}`;

/** ` (text)`; '' for no text. */
export const bracketed = (text = ''): string => (text === '' ? '' : ` (${oneLine(text)})`);

/** ` (HTTP 503)` or ` (ECONNRESET)`, so that users can search for it; '' where there is neither. */
export function bracketedCode(failure: Failure): string {
  const word = failure.status === undefined ? failure.code : `HTTP ${failure.status}`;
  return bracketed(word);
}

/** The failure's message in quotation marks, without its final full stop. */
export function quotedMessage(failure: Failure): string {
  return `“${withoutFullStop(oneLineWithoutTags(failure.message))}”`;
}

/** More than for quoted messages, since the last of Steno's own sentences says what to do. */
const maxOwnLength = 500;

/**
 * Sentences of Steno's own, such as those of its speech server, joined by semicolons so that they can end another
 * sentence.
 */
export function asOneSentence(text: string): string {
  const sentences = withoutFullStop(oneLineWithoutTags(text, maxOwnLength));
  return sentences.replace(
    /[.!?] (\S+)/gu,
    (_, word: string) => `; ${hasTwoCapitals(word) ? word : withSmallInitial(word)}`,
  );
}

/** Words such as AssemblyAI keep their capital letters wherever they stand. */
function hasTwoCapitals(word: string): boolean {
  return /\p{Lu}.*\p{Lu}/u.test(word);
}

function withSmallInitial(word: string): string {
  return word.slice(0, 1).toLowerCase() + word.slice(1);
}

/**
 * The clause about the size limit. A company's gateway, or a proxy on the way to it, may have a limit that is not
 * known.
 */
export const sizeLimitText = (failure: Failure): string =>
  isAssemblyAi(failure)
    ? 'AssemblyAI accepts files of up to 2.2 GB'
    : `${serviceOf(failure)} does not accept files of that size`;

/** `transcript 1a2b` or, where the id is not known, `the transcript`. */
export const transcriptWithId = (failure: Failure): string =>
  failure.transcriptId === undefined ? 'the transcript' : `transcript ${failure.transcriptId}`;

/** ` (transcript 1a2b)`, for questions to AssemblyAI's support; '' for the speech server on this machine. */
export const bracketedId = ({ transcriptId, host }: Failure): string =>
  transcriptId === undefined || host === speechServerHost ? '' : ` (transcript ${transcriptId})`;

/** Codes of a place that does not take a file, however often it is tried. */
const needsOtherPlace: readonly (string | undefined)[] = [
  'ENAMETOOLONG',
  'EACCES',
  'EPERM',
  'EROFS',
  // Something else is where a folder should be.
  'EEXIST',
  'ENOTDIR',
  'EISDIR',
];

/** What helps against a failure to write a file. */
export const remediesForPlace = ({ code }: Failure): readonly Remedy[] =>
  needsOtherPlace.includes(code) ? ['saveElsewhere', 'retry', 'showLog'] : ['retry', 'showLog'];

/** What a user should do about a file that could not be written. */
export const adviceForPlace = ({ code }: Failure): string =>
  code === 'ENAMETOOLONG'
    ? 'the name is too long for this place, so choose a folder with a shorter path, or rename the recording'
    : 'check the folder’s permissions and free space';

/** More than for other texts, since a path that is cut is useless. */
const maxPathLength = 300;

/**
 * The clause that says where a transcript is kept that could not be saved beside its recording; '' where there is none
 * yet.
 */
export function keptTranscriptText({ keptAt, transcriptId }: Failure): string {
  if (keptAt !== undefined) {
    return `; the transcript is kept in ${oneLine(keptAt, maxPathLength)}`;
  }
  return transcriptId === undefined ? '' : '; the transcript is not lost';
}

/** When to try again: `in 30 seconds`, `in 5 minutes`, or `in a few minutes` where the service names no time. */
export function retryTimeText(retryAfterMs: number | undefined): string {
  if (retryAfterMs === undefined || retryAfterMs < 1000) {
    return 'in a few minutes';
  }
  const seconds = Math.ceil(retryAfterMs / 1000);
  return seconds < 120 ? `in ${seconds} seconds` : `in ${Math.ceil(seconds / 60)} minutes`;
}
