import { localHost, type Failure } from './failure';
import { oneLine, oneLineWithoutTags } from '../text';

// Parts of the sentences about failures.

const hostsOfAssemblyAi: readonly string[] = [
  'api.assemblyai.com',
  'api.eu.assemblyai.com',
  'llm-gateway.assemblyai.com',
  'llm-gateway.eu.assemblyai.com',
];

/** Whether it happened at AssemblyAI itself. */
export const isAssemblyAi = ({ host }: Failure): boolean =>
  host === undefined || hostsOfAssemblyAi.includes(host);

/** What people call the service of that host; a company's own gateway goes by the name of its host. */
export function serviceName(host: string): string {
  return hostsOfAssemblyAi.includes(host) ? 'AssemblyAI' : oneLine(host);
}

/** The service where it happened. */
export const serviceOf = ({ host }: Failure): string =>
  host === undefined ? 'AssemblyAI' : serviceName(host);

/** What it is about, in quotes. */
export const subjectOr = (failure: Failure, otherwise: string): string =>
  failure.subject === undefined ? otherwise : `“${oneLine(failure.subject)}”`;

/** The recording, by its name where that is known, at the beginning of a sentence. */
export const theRecording = (failure: Failure): string =>
  failure.subject === undefined ? 'The recording' : `The recording ${subjectOr(failure, '')}`;

/** ` (text)`, or nothing. */
export const bracketed = (text = ''): string => (text === '' ? '' : ` (${oneLine(text)})`);

/** ` (HTTP 503)`, ` (ECONNRESET)` or nothing: a word to search for. */
export function bracketedCode(failure: Failure): string {
  const word = failure.status === undefined ? failure.code : `HTTP ${failure.status}`;
  return bracketed(word);
}

/** What the other side said, in quotes, for the middle or the end of a sentence. */
export function quotedMessage(failure: Failure): string {
  return `“${oneLineWithoutTags(failure.message).replace(/[.\s]+$/, '')}”`;
}

/** They end with the way out, so they may be longer than words that are quoted. */
const longestSentences = 500;

/** Sentences of Steno's own, such as those of the server on this machine with their way out, which are not quoted. */
export function asOneSentence(text: string): string {
  const sentences = oneLineWithoutTags(text, longestSentences).replace(/[.\s]+$/, '');
  return sentences.replace(/[.!?] (\S+)/gu, (_, word: string) => `; ${isName(word) ? word : lowered(word)}`);
}

/** A second capital letter, as in AssemblyAI, is no matter of where the word stands. */
function isName(word: string): boolean {
  return /\p{Lu}.*\p{Lu}/u.test(word);
}

function lowered(word: string): string {
  return word.slice(0, 1).toLowerCase() + word.slice(1);
}

/** A gateway, or a proxy on the way to it, may have a limit of its own. */
export const sizeLimitText = (failure: Failure): string =>
  isAssemblyAi(failure)
    ? 'AssemblyAI takes files of up to 2.2 GB'
    : `${serviceOf(failure)} takes no file of that size`;

/** The transcript, by its id where that is known. */
export const transcriptWithId = (failure: Failure): string =>
  failure.transcriptId === undefined ? 'the transcript' : `transcript ${failure.transcriptId}`;

/** For asking AssemblyAI about it; on this machine there is nobody to ask. */
export const bracketedId = ({ transcriptId, host }: Failure): string =>
  transcriptId === undefined || host === localHost ? '' : ` (transcript ${transcriptId})`;

/** A path has to be whole to be of use. */
const longestPath = 300;

/** Where a transcript is that was paid for and is not where it belongs yet. */
export function keptTranscriptText({ keptAt, transcriptId }: Failure): string {
  if (keptAt !== undefined) {
    return `; the transcript is kept in ${oneLine(keptAt, longestPath)}`;
  }
  return transcriptId === undefined ? '' : '; the transcript is not lost';
}

/** When to try again. */
export function retryTimeText(retryAfterMs: number | undefined): string {
  if (retryAfterMs === undefined || retryAfterMs < 1000) {
    return 'in a few minutes';
  }
  const seconds = Math.ceil(retryAfterMs / 1000);
  return seconds < 120 ? `in ${seconds} seconds` : `in ${Math.ceil(seconds / 60)} minutes`;
}
