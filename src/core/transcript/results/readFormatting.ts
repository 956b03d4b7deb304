import { readObject, readObjects, readText, type JsonObject } from '../../json';

/** What `custom_formatting` makes of what was said: dates, numbers and addresses as the user writes them. */
export interface Formatting {
  /** The whole text; '' where there is none but the plain one. */
  readonly text: string;
  /** One utterance, by its place in the body. */
  readonly ofUtterance: (text: string, index: number) => string;
}

type Replace = (text: string) => string;

/**
 * Formatted utterances where there is one for each, else the replacements that the service lists, in the plain ones.
 * Words keep what was recognised: it is their times that count. What was redacted takes no text that might not be; only
 * the replacements apply, which find nothing in it that is not there.
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

/** More, or longer ones, are nothing that anybody has said. */
const mostReplacements = 2000;
const longestReplaced = 200;

/** Replaces whole words only, the longest first: `5` is not in `15`. */
function replacer(mapping: JsonObject): Replace {
  const formats = new Map(
    Object.entries(mapping)
      .map(([from, to]) => [readText(from), readText(to)] as const)
      .filter(([from, to]) => from !== '' && from.length <= longestReplaced && to !== '')
      .slice(0, mostReplacements),
  );
  if (formats.size === 0) {
    return (text) => text;
  }
  const longestFirst = [...formats.keys()].sort((a, b) => b.length - a.length);
  const any = longestFirst.map((from) => from.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
  const words = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${any})(?![\\p{L}\\p{M}\\p{N}])`, 'gu');
  return (text) => text.replace(words, (found) => formats.get(found) ?? found);
}
