import {
  isRedacted,
  parseSpeakerCount,
  promptIn,
  speakersIn,
  translationsIn,
  withDeletion,
  withLanguage,
  withoutWebhook,
  withPrompt,
  withRedaction,
  withSpeakers,
  withTranslations,
  type Answers,
  type LanguageAnswer,
} from '../../core/request/optionsDraft';
import { languages } from '../../core/request/schema/languages';
import { usualPolicies } from '../../core/request/presets';
import type { Question } from '../../core/request/reviewSheet';
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

type Ask = (answers: Answers, asked: Asked) => Promise<Answers | undefined>;

const asks: Readonly<Record<Question, Ask>> = {
  language: askForLanguage,
  speakers: askForSpeakers,
  names: (answers, { file }) => askForNames(answers, file),
  terms: (answers, { glossary }) => askForTerms(answers, glossary),
  prompt: askForPrompt,
  translation: askForTranslations,
  // Of two answers the other one is meant.
  redaction: (answers) =>
    Promise.resolve(withRedaction(answers, !isRedacted(answers.options), usualPolicies)),
  deletion: (answers) => Promise.resolve(withDeletion(answers, !answers.deleteAfterwards)),
  webhook: askAboutWebhook,
};

/** Asks a question; the answers as they were when it is closed. */
export async function askQuestion(question: Question, answers: Answers, asked: Asked): Promise<Answers> {
  return (await asks[question](answers, asked)) ?? answers;
}

async function askForLanguage(answers: Answers): Promise<Answers | undefined> {
  const detected: LanguageAnswer = { kind: 'detected' };
  const { language_code: code, language_detection: isDetected } = answers.options;
  const choices: readonly Choice<LanguageAnswer>[] = [
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
  return chosen === undefined ? undefined : withLanguage(answers, chosen);
}

async function askForSpeakers(answers: Answers): Promise<Answers | undefined> {
  const now = speakersIn(answers.options);
  const choices: readonly Choice<'detected' | 'count' | 'none'>[] = [
    { value: 'detected', label: 'Tell them apart', description: 'however many there are' },
    { value: 'count', label: 'A number or a range…', description: 'where you know how many there are' },
    { value: 'none', label: 'Do not tell them apart' },
  ];
  const active = typeof now === 'string' ? now : 'count';
  const chosen = await pickOne('Speakers', 'Who spoke?', choices, (value) => value === active);
  if (chosen !== 'count') {
    return chosen === undefined ? undefined : withSpeakers(answers, chosen);
  }
  const prompt = '3, or 2-4, or 2+ for two or more. A number that is wrong does more harm than none.';
  const complaint = (text: string): string =>
    parseSpeakerCount(text) === undefined ? 'A number such as 3, or a range such as 2-4 or 2+.' : '';
  const entered = await enterText('Number of Speakers', prompt, { complaint });
  const count = parseSpeakerCount(entered ?? '');
  return count === undefined ? undefined : withSpeakers(answers, count);
}

async function askForPrompt(answers: Answers): Promise<Answers | undefined> {
  const prompt =
    'What is it about, where was it recorded, who speaks? It helps to hear words right; instructions are not followed.';
  const placeHolder = 'A call with a customer of a dental clinic about an invoice';
  const value = promptIn(answers.options);
  const entered = await enterText('About the Recording', prompt, { placeHolder, value });
  return entered === undefined ? undefined : withPrompt(answers, entered);
}

async function askForTranslations(answers: Answers): Promise<Answers | undefined> {
  const chosen = await pickLanguages(translationsIn(answers.options));
  return chosen && withTranslations(answers, chosen);
}

async function askAboutWebhook(answers: Answers, { secrets }: Asked): Promise<Answers | undefined> {
  const hasHeader = typeof answers.options['webhook_auth_header_name'] === 'string';
  const choices: readonly Choice<'keep' | 'secret' | 'remove'>[] = [
    { value: 'keep', label: 'Call it', description: 'when the transcript is done' },
    ...(hasHeader
      ? [{ value: 'secret', label: 'Set the value of its header…', description: 'kept as a secret' } as const]
      : []),
    { value: 'remove', label: 'Do not call it' },
  ];
  const chosen = await pickOne('Webhook', 'Is it to be called?', choices);
  if (chosen === 'secret') {
    await askForSecretOf(answers.options, secrets);
  }
  return chosen === 'remove' ? withoutWebhook(answers) : answers;
}
