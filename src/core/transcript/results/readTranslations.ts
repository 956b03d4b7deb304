import { isJsonObject, readObject, readText, type JsonObject } from '../../json';
import type { TranslatedUtterance, Translation } from './results';

/** An utterance as it was read, with its JSON. */
export interface ReadUtterance {
  readonly utterance: TranslatedUtterance;
  readonly json: JsonObject;
}

type Texts = ReadonlyMap<string, string>;

const noTexts: Texts = new Map();

/** The translations in `translated_texts` of the body and of each utterance. @param whole that of the body */
export function readTranslations(whole: unknown, said: readonly ReadUtterance[]): Translation[] {
  const texts = readTexts(whole);
  const textsOfEach = said.map(({ json }) => readTexts(json['translated_texts']));
  const languages = new Set([texts, ...textsOfEach].flatMap((each) => [...each.keys()]));
  return [...languages].map((language) => {
    const isByUtterance = textsOfEach.some((each) => each.has(language));
    const utterances = isByUtterance ? said.map(translated(textsOfEach, language)) : [];
    const text = texts.get(language) ?? utterances.map((each) => each.text).join(' ');
    return { language, text, utterances };
  });
}

function translated(textsOfEach: readonly Texts[], language: string) {
  return ({ utterance }: ReadUtterance, index: number): TranslatedUtterance => {
    const { speaker, text, startMs, endMs } = utterance;
    return { speaker, text: textsOfEach[index]?.get(language) ?? text, startMs, endMs };
  };
}

function readTexts(value: unknown): Texts {
  if (!isJsonObject(value)) {
    return noTexts;
  }
  const texts = Object.entries(value).map(
    ([language, text]) => [readText(language), readText(text)] as const,
  );
  return new Map(texts.filter(([language, text]) => language !== '' && text !== ''));
}

/** The languages that `translation` was asked for. @param request of `speech_understanding` */
export function readTargetLanguages(request: JsonObject): string[] {
  const targets = readObject(request['translation'])['target_languages'];
  return Array.isArray(targets) ? targets.map(readText).filter((language) => language !== '') : [];
}
