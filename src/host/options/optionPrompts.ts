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
import { promptForLanguages } from './languagePrompt';
import { promptForNames } from './namePrompt';
import { enterText, pickOne, type Choice } from '../platform/quickPicks';
import { promptForTerms } from './termsPrompt';
import { promptForSecret } from './webhookPrompts';
import type { Glossary } from './keyTermFiles';

/** What prompts need to know besides the draft. */
export interface PromptContext {
  /** Absolute path of the recording, or of the first of several; undefined for a recording on the web. */
  readonly file: string | undefined;
  readonly glossary: Glossary;
  readonly secrets: WebhookSecrets;
}

/** Lets the user change an option; undefined when the prompt was closed. */
type OptionPrompt = (draft: OptionsDraft, context: PromptContext) => Promise<OptionsDraft | undefined>;

const prompts: Readonly<Record<ReviewField, OptionPrompt>> = {
  language: promptForLanguage,
  speakers: promptForSpeakers,
  names: (draft, { file }) => promptForNames(draft, file),
  terms: (draft, { glossary }) => promptForTerms(draft, glossary),
  prompt: promptForDescription,
  translation: promptForTranslations,
  // These have two values: choosing the line switches to the other one.
  redaction: (draft) => Promise.resolve(withRedaction(draft, !isRedacted(draft.options), defaultPolicies)),
  deletion: (draft) => Promise.resolve(withDeletion(draft, !draft.deleteAfterwards)),
  webhook: promptForWebhook,
};

/** Lets the user change an option. @returns the new draft, or the same one when the prompt was closed */
export async function showPrompt(
  option: ReviewField,
  draft: OptionsDraft,
  context: PromptContext,
): Promise<OptionsDraft> {
  return (await prompts[option](draft, context)) ?? draft;
}

async function promptForLanguage(draft: OptionsDraft): Promise<OptionsDraft | undefined> {
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

async function promptForSpeakers(draft: OptionsDraft): Promise<OptionsDraft | undefined> {
  const current = speakersIn(draft.options);
  const choices: readonly Choice<'detected' | 'count' | 'none'>[] = [
    { value: 'detected', label: 'Tell speakers apart', description: 'however many there are' },
    { value: 'count', label: 'A number or a range…', description: 'if you know how many there are' },
    { value: 'none', label: 'Do not tell speakers apart' },
  ];
  const active = typeof current === 'string' ? current : 'count';
  const chosen = await pickOne('Speakers', 'How many people speak?', choices, (value) => value === active);
  if (chosen !== 'count') {
    return chosen === undefined ? undefined : withSpeakers(draft, chosen);
  }
  const prompt = 'For example, 3 or 2-4, or 2+ for two or more. A wrong number does more harm than none.';
  const complaint = (text: string): string =>
    parseSpeakerCount(text) === undefined ? 'Enter a number such as 3, or a range such as 2-4 or 2+.' : '';
  const entered = await enterText('Number of Speakers', prompt, { complaint });
  const count = parseSpeakerCount(entered ?? '');
  return count === undefined ? undefined : withSpeakers(draft, count);
}

async function promptForDescription(draft: OptionsDraft): Promise<OptionsDraft | undefined> {
  const prompt =
    'What is it about, where was it recorded, who speaks? This helps to recognize words. Instructions are not followed.';
  const placeHolder = 'A call with a customer of a dental clinic about an invoice';
  const value = speechPromptIn(draft.options);
  const entered = await enterText('About the Recording', prompt, { placeHolder, value });
  return entered === undefined ? undefined : withSpeechPrompt(draft, entered);
}

async function promptForTranslations(draft: OptionsDraft): Promise<OptionsDraft | undefined> {
  const chosen = await promptForLanguages(translationsIn(draft.options));
  return chosen && withTranslations(draft, chosen);
}

async function promptForWebhook(
  draft: OptionsDraft,
  { secrets }: PromptContext,
): Promise<OptionsDraft | undefined> {
  const hasHeader = typeof draft.options['webhook_auth_header_name'] === 'string';
  const choices: readonly Choice<'keep' | 'secret' | 'remove'>[] = [
    { value: 'keep', label: 'Call the webhook', description: 'when the transcript is done' },
    ...(hasHeader
      ? [{ value: 'secret', label: 'Set the value of its header…', description: 'kept as a secret' } as const]
      : []),
    { value: 'remove', label: 'Do not call the webhook' },
  ];
  const chosen = await pickOne('Webhook', 'Should the webhook be called?', choices);
  if (chosen === 'secret') {
    await promptForSecret(draft.options, secrets);
  }
  return chosen === 'remove' ? withoutWebhook(draft) : draft;
}
