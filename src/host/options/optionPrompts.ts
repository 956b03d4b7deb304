import {
  isRedacted,
  parseSpeakerCount,
  speechPromptIn,
  speakersIn,
  translationsIn,
  withDeletion,
  withLanguage,
  withoutWebhook,
  withSpeechPrompt,
  withRedaction,
  withSpeakers,
  withTranslations,
  type OptionsDraft,
  type LanguageChoice,
} from '../../core/request/optionsDraft';
import { languages } from '../../core/request/schema/languages';
import { defaultPolicies } from '../../core/request/presets';
import type { ReviewField } from '../../core/request/reviewSheet';
import type { WebhookSecrets } from '../keys/webhookSecrets';
import { pickLanguages } from './languagePrompt';
import { askForNames } from './namePrompt';
import { enterText, pickOne, type Choice } from '../platform/quickPicks';
import { askForTerms } from './termsPrompt';
import { askForSecretOf } from './webhookPrompts';
import type { Glossary } from './glossary';

/** What questions need to know besides the answers so far. */
export interface Asked {
  /** The recording, or the first of several; undefined for one on the web. */
  readonly file: string | undefined;
  readonly glossary: Glossary;
  readonly secrets: WebhookSecrets;
}

type Ask = (draft: OptionsDraft, asked: Asked) => Promise<OptionsDraft | undefined>;

const asks: Readonly<Record<ReviewField, Ask>> = {
  language: askForLanguage,
  speakers: askForSpeakers,
  names: (draft, { file }) => askForNames(draft, file),
  terms: (draft, { glossary }) => askForTerms(draft, glossary),
  prompt: askForPrompt,
  translation: askForTranslations,
  // Of two answers the other one is meant.
  redaction: (draft) => Promise.resolve(withRedaction(draft, !isRedacted(draft.options), defaultPolicies)),
  deletion: (draft) => Promise.resolve(withDeletion(draft, !draft.deleteAfterwards)),
  webhook: askAboutWebhook,
};

/** Asks a question; the answers as they were when it is closed. */
export async function askQuestion(
  question: ReviewField,
  draft: OptionsDraft,
  asked: Asked,
): Promise<OptionsDraft> {
  return (await asks[question](draft, asked)) ?? draft;
}

async function askForLanguage(draft: OptionsDraft): Promise<OptionsDraft | undefined> {
  const detected: LanguageChoice = { kind: 'detected' };
  const { language_code: code, language_detection: isDetected } = draft.options;
  const choices: readonly Choice<LanguageChoice>[] = [
    { value: detected, label: '$(sparkle) Detect', description: 'needs 15 seconds of speech' },
    ...[...languages].map(([value, label]) => ({ value, label, description: value })),
  ];
  const current = isDetected === true ? detected : code;
  const chosen = await pickOne(
    'Language',
    'Which language is spoken?',
    choices,
    (value) => value === current,
  );
  return chosen === undefined ? undefined : withLanguage(draft, chosen);
}

async function askForSpeakers(draft: OptionsDraft): Promise<OptionsDraft | undefined> {
  const now = speakersIn(draft.options);
  const choices: readonly Choice<'detected' | 'count' | 'none'>[] = [
    { value: 'detected', label: 'Tell them apart', description: 'however many there are' },
    { value: 'count', label: 'A number or a range…', description: 'where you know how many there are' },
    { value: 'none', label: 'Do not tell them apart' },
  ];
  const active = typeof now === 'string' ? now : 'count';
  const chosen = await pickOne('Speakers', 'Who spoke?', choices, (value) => value === active);
  if (chosen !== 'count') {
    return chosen === undefined ? undefined : withSpeakers(draft, chosen);
  }
  const prompt = '3, or 2-4, or 2+ for two or more. A number that is wrong does more harm than none.';
  const complaint = (text: string): string =>
    parseSpeakerCount(text) === undefined ? 'A number such as 3, or a range such as 2-4 or 2+.' : '';
  const entered = await enterText('Number of Speakers', prompt, { complaint });
  const count = parseSpeakerCount(entered ?? '');
  return count === undefined ? undefined : withSpeakers(draft, count);
}

async function askForPrompt(draft: OptionsDraft): Promise<OptionsDraft | undefined> {
  const prompt =
    'What is it about, where was it recorded, who speaks? It helps to hear words right; instructions are not followed.';
  const placeHolder = 'A call with a customer of a dental clinic about an invoice';
  const value = speechPromptIn(draft.options);
  const entered = await enterText('About the Recording', prompt, { placeHolder, value });
  return entered === undefined ? undefined : withSpeechPrompt(draft, entered);
}

async function askForTranslations(draft: OptionsDraft): Promise<OptionsDraft | undefined> {
  const chosen = await pickLanguages(translationsIn(draft.options));
  return chosen && withTranslations(draft, chosen);
}

async function askAboutWebhook(draft: OptionsDraft, { secrets }: Asked): Promise<OptionsDraft | undefined> {
  const hasHeader = typeof draft.options['webhook_auth_header_name'] === 'string';
  const choices: readonly Choice<'keep' | 'secret' | 'remove'>[] = [
    { value: 'keep', label: 'Call it', description: 'when the transcript is done' },
    ...(hasHeader
      ? [{ value: 'secret', label: 'Set the value of its header…', description: 'kept as a secret' } as const]
      : []),
    { value: 'remove', label: 'Do not call it' },
  ];
  const chosen = await pickOne('Webhook', 'Is it to be called?', choices);
  if (chosen === 'secret') {
    await askForSecretOf(draft.options, secrets);
  }
  return chosen === 'remove' ? withoutWebhook(draft) : draft;
}
