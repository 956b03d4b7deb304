import { readObject, readObjects, readText, type JsonObject } from '../../json';

/** The result of `custom_formatting`: dates, numbers and addresses in the user's form. */
export interface Formatting {
  /** The text of the transcript, formatted where that was requested; '' where the body has no text. */
  readonly text: string;
  /** Formats the text of an utterance. @param index of the utterance in the body */
  readonly ofUtterance: (text: string, index: number) => string;
}

type Replace = (text: string) => string;

/**
 * Reads the result of `custom_formatting`. Utterances get their formatted text where the service sends one for each,
 * otherwise the listed replacements are made in their plain text. Words stay as they were recognised, since they are
 * needed for their times.
 *
 * A redacted transcript uses only the replacements: the service does not promise that its formatted texts are redacted.
 */
export function readFormatting(body: JsonObject, response: JsonObject): Formatting {
  const result = readObject(response['custom_formatting']);
  const isRedacted = body['redact_pii'] === true;
  const replace = replacer(readObject(result['mapping']));
  const formatted = isRedacted ? [] : textsFor(body['utterances'], result['formatted_utterances']);
  return {
    text: (isRedacted ? '' : readText(result['formatted_text'])) || replace(readText(body['text'])),
    ofUtterance: (plain, index) => formatted[index] ?? replace(plain),
  };
}

function textsFor(utterances: unknown, formatted: unknown): (string | undefined)[] {
  const texts = readObjects(formatted).map(({ text }) => readText(text) || undefined);
  return texts.length === readObjects(utterances).length ? texts : [];
}

/** Limits against a response that would make replacing slow; no transcript needs more. */
const maxReplacements = 2000;
const maxReplacedLength = 200;

/** Makes the function that replaces whole words, the longest first: `5` is not replaced in `15`. */
function replacer(mapping: JsonObject): Replace {
  const replacements = new Map(
    Object.entries(mapping)
      .map(([from, to]) => [readText(from), readText(to)] as const)
      .filter(([from, to]) => from !== '' && from.length <= maxReplacedLength && to !== '')
      .slice(0, maxReplacements),
  );
  if (replacements.size === 0) {
    return (text) => text;
  }
  const longestFirst = [...replacements.keys()].sort((a, b) => b.length - a.length);
  const any = longestFirst.map((from) => from.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
  const words = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${any})(?![\\p{L}\\p{M}\\p{N}])`, 'gu');
  return (text) => text.replace(words, (found) => replacements.get(found) ?? found);
}
