import { isJsonObject, readObject, readText, type JsonObject } from '../../json';
import { languageName } from '../../request/schema/languages';

/** A text of the service, and the sentence that users read instead; '' for none. */
type Rewriting = readonly [text: RegExp, plain: (...groups: readonly string[]) => string];

/**
 * Texts that AssemblyAI writes for developers, as transcripts of September 2026 have them: another model was used for the
 * language, key terms were dropped, and an advertisement for newer models.
 */
const rewritings: readonly Rewriting[] = [
  [
    /^\W{0,3}(\w{1,40})\W{1,3}is not supported in \W{0,3}([\w-]{1,80})\W{1,9}transcription is handled by \W{0,3}([\w-]{1,80})/i,
    (code, model, other) =>
      `${model} does not support ${languageName(code)}, so ${other} transcribed the recording.`,
  ],
  [
    /^\W{0,3}keyterms_prompt\W{1,9}was not applied because it is only supported for the following languages when using the \W{0,3}([\w-]{1,80})\W{1,9}speech_model: ([\w, ]{1,999})/i,
    (model, codes) => `The key terms were not used: ${model} takes them for ${languagesText(codes)} only.`,
  ],
  [/^For highest accuracy\b.*\bspeech_models\b/is, () => ''],
];

/** What begins to tell how to write a request that gets no such warning. */
const hint = /\bTo silence this warning\b/i;

/** `English` for `en, en_au, en_uk` */
function languagesText(codes: string): string {
  const names = codes.split(/[\s,]+/).map((code) => languageName(code.split('_', 1)[0] ?? ''));
  return [...new Set(names)].filter((name) => name !== '').join(', ');
}

/** The warnings of the service about a transcript, in plain words, without those that are for developers only. */
export function serviceWarnings(body: JsonObject): string[] {
  const metadata = readObject(body['metadata']);
  const listed = Array.isArray(metadata['warnings']) ? (metadata['warnings'] as readonly unknown[]) : [];
  return [
    readText(metadata['warning']),
    ...listed.map((warning) => readText(isJsonObject(warning) ? warning['message'] : warning)),
  ].map(plainly);
}

function plainly(text: string): string {
  for (const [pattern, plain] of rewritings) {
    const found = pattern.exec(text);
    if (found !== null) {
      return plain(...found.slice(1));
    }
  }
  return text.split(hint, 1)[0]?.trimEnd() ?? '';
}
