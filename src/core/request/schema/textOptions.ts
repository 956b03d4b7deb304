import { Type } from '@sinclair/typebox';
import { choice, deprecated, flag, oneOf, openChoice, orNull, share, text, texts } from './fields';
import { maxTermWords, termLimits } from './speechModels';

/** The most key terms that any model takes. */
const maxTerms = Math.max(...Object.values(termLimits).map(({ count }) => count));

/** One to six words. The pattern does not match a blank term. */
const keyTerm = Type.String({
  pattern: String.raw`^\s*\S+(\s+\S+){0,${maxTermWords - 1}}\s*$`,
  mustBe: 'a term of one to six words',
});

const spelling = Type.Object({
  from: Type.Array(Type.String({ minLength: 1 }), {
    minItems: 1,
    mustBe: 'a list of words or phrases to replace',
    description: 'Words or phrases to replace, whatever their case.',
  }),
  to: Type.String({
    pattern: String.raw`^\S+$`,
    mustBe: 'one word, without spaces',
    description: 'The one word to write instead, as it stands here.',
  }),
});

const keytermsOptions = Type.Object(
  {
    keyterms_match_strength: choice(['standard', 'high'], {
      description: 'How eagerly key terms are heard.',
    }),
  },
  { description: 'How key terms are used.' },
);

/** Parameters that help the speech model, and about the form of the text. */
export const textOptions = {
  prompt: text(
    'Describes the recording: what it is about, where it comes from, who speaks. Instructions about style are not followed. Up to about 1500 words. Not for universal-2.',
  ),
  keyterms_prompt: Type.Optional(
    Type.Array(keyTerm, {
      maxItems: maxTerms,
      mustBe: `a list of at most ${maxTerms} terms`,
      description:
        'Names and terms that may be said, each of at most six words: up to 1000, or up to 200 for universal-2, which takes them for English only, of 5 to 50 characters.',
    }),
  ),
  keyterms_prompt_options: Type.Optional(keytermsOptions),
  temperature: share(
    'From 0 to 1: how freely the model decides between words. Not for universal-2. Default: 0.',
    { default: 0 },
  ),
  remove_audio_tags: orNull(oneOf(['all', 'speaker']), {
    description:
      'Leave out marks of sounds such as [music]: "all" of them, or those of speakers. Not for universal-2, which writes none. Default: they stay.',
  }),
  domain: orNull(openChoice('domain', new Map([['medical-v1', 'Talk between doctors and patients']])), {
    description:
      'Medical mode, for talk between doctors and patients: "medical-v1". English, Spanish, German and French, at extra cost; ignored in other languages. Default: none.',
  }),
  punctuate: flag('Write punctuation. Speaker labels and sentiments need it. Default: true.', {
    default: true,
  }),
  format_text: flag('Write capital letters, and numbers as digits. Redaction needs it. Default: true.', {
    default: true,
  }),
  disfluencies: flag(
    'Keep filler words: um, uh, hmm and the like. For English; documented for universal-2. Default: false.',
  ),
  filter_profanity: flag(
    'Write asterisks for profanities. English, Spanish, French, German, Italian, Portuguese, Dutch, Hindi and Japanese. Default: false.',
  ),
  custom_spelling: orNull(Type.Array(spelling), {
    mustBe: 'a list of {"from": [texts], "to": one word}',
    description: 'How words are to be written: [{"from": ["dicarlo"], "to": "Decarlo"}].',
  }),
  speech_threshold: orNull(Type.Number({ minimum: 0, maximum: 1 }), {
    default: 0,
    description:
      'From 0 to 1: the transcript fails when less than this part of the recording is speech. Needs 30 seconds or more. Default: 0.',
  }),
  word_boost: texts(
    'Words that may be said, for models that are gone.',
    deprecated('Use keyterms_prompt: today’s models refuse word_boost.'),
  ),
  boost_param: choice(['low', 'default', 'high'], {
    description: 'How strongly word_boost worked.',
    ...deprecated('Use keyterms_prompt: today’s models refuse word_boost.'),
  }),
};
