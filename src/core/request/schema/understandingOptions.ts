import { Type, type TProperties } from '@sinclair/typebox';
import { choice, flag, oneOf, openChoice, text } from './fields';
import { languages, translationLanguages } from './languages';

const effort = choice(['low', 'medium'], {
  default: 'low',
  description: 'How thoroughly it is done: "low" (the default) or "medium".',
});

const feature = <T extends TProperties>(description: string, fields: T) =>
  Type.Optional(Type.Object({ ...fields, effort }, { description }));

const speaker = Type.Object(
  {
    name: text('The person’s name, with speaker_type "name".'),
    role: text('The role, with speaker_type "role".'),
    description: text('What tells them from others.'),
  },
  {
    additionalProperties: true,
    description: 'A person or a role; whatever else is known may stand here, too.',
  },
);

const intoLanguages = new Map(
  translationLanguages.map((code): [string, string] => [code, languages.get(code) ?? code]),
);

const request = Type.Object(
  {
    speaker_identification: feature('Name speakers. Needs speaker_labels.', {
      speaker_type: oneOf(['name', 'role'], {
        description: 'Whether speakers are called by name or by role.',
      }),
      known_values: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 35, mustBe: 'a name of 1 to 35 characters' }), {
          description:
            'Who speaks: names, or roles such as "Interviewer", each of at most 35 characters. Roles need them. Instead of speakers.',
        }),
      ),
      speakers: Type.Optional(
        Type.Array(speaker, {
          description: 'Who speaks, with what is known of them. Instead of known_values.',
        }),
      ),
    }),
    translation: feature('Translate.', {
      target_languages: Type.Array(openChoice('language for translations', intoLanguages), {
        minItems: 1,
        mustBe: 'a list of at least one language',
        description: 'Codes of the languages to translate into, such as ["de", "es"].',
      }),
      formal: flag('Address people formally. Default: false.'),
      match_original_utterance: flag(
        'Translate what each speaker says by itself. Needs speaker_labels. Default: false.',
      ),
      force_translation: flag('Translate even what is in that language already. Default: false.'),
    }),
    custom_formatting: feature('Write dates and the like as you want them.', {
      date: text('A pattern for dates, such as "mm/dd/yyyy".'),
      phone_number: text('A pattern for phone numbers, such as "(xxx)xxx-xxxx".'),
      email: text('A pattern for e-mail addresses, such as "username@domain.com".'),
      format_utterances: flag('Also in what each speaker says. Default: false.'),
    }),
    summarization: feature('Summarise, by parts with a headline each.', {
      summary_type: oneOf(['paragraph', 'bullets'], {
        description: 'Whether each part is a paragraph or a list.',
      }),
    }),
    action_items: feature('List what is to be done, with what was said about it. {} is enough.', {
      include_decisions: flag('Also list what was decided. Default: false.'),
    }),
  },
  { description: 'What to do; several may be named.' },
);

/** The parameter `speech_understanding`: what a language model makes of the transcript. */
export const understandingOptions = {
  speech_understanding: Type.Optional(
    Type.Object(
      { request },
      { description: 'What a language model makes of the transcript, at extra cost.' },
    ),
  ),
};
