import { readObject, readTexts } from '../json';
import { oneLine } from '../text';
import type { DroppedTerm } from './keyTerms';
import {
  asksForNames,
  draftedRequest,
  isRedacted,
  speakersIn,
  speechPromptIn,
  translationsIn,
  type OptionsDraft,
  type SpeakerChoice,
} from './optionsDraft';
import type { TranscriptOptions } from './request';
import { holds, isModelAlone } from './rules/conditions';
import { languageName } from './schema/languages';

/** What the user can change on the review sheet before a recording is transcribed. */
export type ReviewField =
  | 'language'
  | 'speakers'
  | 'names'
  | 'terms'
  | 'prompt'
  | 'translation'
  | 'redaction'
  | 'deletion'
  | 'webhook';

/** A line of the review sheet. */
export interface ReviewLine {
  readonly field: ReviewField;
  readonly label: string;
  /** The current value, as text. */
  readonly value: string;
  /** A remark about the value; '' for none. */
  readonly detail: string;
}

/** What the review sheet depends on besides the draft. */
export interface ReviewContext {
  /** Whether this machine transcribes: then speakers are the only option. */
  readonly isLocal: boolean;
  /** The setting `steno.deleteAfterSaving`. */
  readonly isAlwaysDeleted: boolean;
  /** Host of the webhook; undefined without a webhook. */
  readonly webhookHost: string | undefined;
  /** Whether the webhook's header has no value yet. */
  readonly isSecretMissing: boolean;
}

type Say = (draft: OptionsDraft, context: ReviewContext) => readonly [value: string, detail?: string];

interface FieldEntry {
  readonly label: string;
  readonly isShown: (draft: OptionsDraft, context: ReviewContext) => boolean;
  readonly say: Say;
}

const always = (): boolean => true;

const entries: Readonly<Record<ReviewField, FieldEntry>> = {
  language: { label: 'Language', isShown: always, say: ({ options }) => [languageText(options)] },
  speakers: { label: 'Speakers', isShown: always, say: ({ options }) => [speakersText(speakersIn(options))] },
  names: {
    label: 'Names',
    isShown: ({ options }) => asksForNames(options),
    say: (draft) => namesText(draft),
  },
  terms: {
    label: 'Key terms',
    isShown: ({ preset, terms }) => preset.usesGlossary || terms.length > 0,
    say: (draft) => termsText(draft),
  },
  prompt: {
    label: 'About the recording',
    isShown: ({ options }) => !holds(isModelAlone('universal-2'), options),
    say: ({ options }) => [oneLine(speechPromptIn(options), maxPromptLength) || 'Nothing said'],
  },
  translation: {
    label: 'Translate to',
    isShown: always,
    say: ({ options }) => [shortened(translationsIn(options).map(languageName)) || 'No other language'],
  },
  redaction: {
    label: 'Redact personal information',
    isShown: always,
    say: ({ options }) => [redactionText(options)],
  },
  deletion: {
    label: 'Delete at AssemblyAI after saving',
    isShown: (_, { isAlwaysDeleted }) => !isAlwaysDeleted,
    say: ({ deleteAfterwards }) => [deleteAfterwards ? 'Yes' : 'No'],
  },
  webhook: {
    label: 'Webhook',
    isShown: (_, { webhookHost }) => webhookHost !== undefined,
    say: ({ options }, { webhookHost = '', isSecretMissing }) => [
      `${oneLine(webhookHost)} is told when it is done${getsAudio(options) ? ', and gets the redacted recording' : ''}`,
      isSecretMissing ? 'Its header has no value yet; you are asked for it before anything is sent.' : '',
    ],
  },
};

const order = Object.keys(entries) as readonly ReviewField[];

/** The lines of the review sheet that make sense for a draft. */
export function reviewLines(draft: OptionsDraft, context: ReviewContext): readonly ReviewLine[] {
  const fields = context.isLocal ? (['speakers'] as const) : order;
  return fields
    .filter((field) => entries[field].isShown(draft, context))
    .map((field) => {
      const { label, say } = entries[field];
      const [value, detail = ''] = say(draft, context);
      return { field, label, value, detail };
    });
}

const maxPromptLength = 60;
const maxListed = 3;

function languageText(options: TranscriptOptions): string {
  const { language_code: code, language_codes: codes, language_detection: isDetected } = options;
  if (isDetected === true) {
    const expected = readTexts(readObject(options['language_detection_options'])['expected_languages']);
    const among = expected.includes('all') ? '' : shortened(expected.map(languageName));
    return among === '' ? 'Detected' : `Detected, among ${among}`;
  }
  const chosen = typeof code === 'string' ? [code] : readTexts(codes);
  return shortened(chosen.map(languageName)) || 'English, as AssemblyAI takes it';
}

function speakersText(speakers: SpeakerChoice): string {
  if (speakers === 'none') {
    return 'Not told apart';
  }
  if (speakers === 'detected') {
    return 'Told apart, however many';
  }
  const { least, most } = speakers;
  if (least === most) {
    return least === 1 ? 'One speaker' : `${least} speakers`;
  }
  return most === undefined ? `${least} speakers or more` : `${least} to ${most} speakers`;
}

function namesText(draft: OptionsDraft): readonly [string, string] {
  const { droppedNames } = draftedRequest(draft);
  const sent = draft.names.filter((name) => !droppedNames.includes(name));
  return [
    shortened(sent) || 'None',
    droppedNames.length === 0 ? '' : `Not sent, since too long: ${shortened(droppedNames)}`,
  ];
}

function termsText(draft: OptionsDraft): readonly [string, string] {
  const { instructions, droppedTerms } = draftedRequest(draft);
  const count = readTexts(instructions.options['keyterms_prompt']).length;
  const from = shortened(draft.terms.map(({ name }) => name));
  return [count === 0 ? 'None' : `${termCountText(count)} from ${from}`, droppedText(droppedTerms)];
}

/** The remark about key terms that are not sent, by reason; '' for none. */
function droppedText(dropped: readonly DroppedTerm[]): string {
  const byReason = new Map<string, string[]>();
  for (const { term, reason } of dropped) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), `“${oneLine(term, 40)}”`]);
  }
  const texts = [...byReason].map(([reason, terms]) => `${shortened(terms)} (${reason})`);
  return texts.length === 0 ? '' : `Not sent: ${texts.join('; ')}`;
}

/** `1 term`, `20 terms` */
export function termCountText(count: number): string {
  return `${count} ${count === 1 ? 'term' : 'terms'}`;
}

function redactionText(options: TranscriptOptions): string {
  const { length } = readTexts(options['redact_pii_policies']);
  const kinds = `${length} ${length === 1 ? 'kind' : 'kinds'}`;
  return isRedacted(options) ? `Yes, ${kinds}` : 'No';
}

/** Whether the webhook gets the address of the redacted recording, which needs no key. */
function getsAudio(options: TranscriptOptions): boolean {
  return isRedacted(options) && options['redact_pii_audio'] === true;
}

/** The first few texts: `Maria, Tom, Ann and 2 more`. */
function shortened(texts: readonly string[]): string {
  const plain = texts.map((text) => oneLine(text, 40));
  const rest = plain.length - maxListed;
  return joined(rest > 1 ? [...plain.slice(0, maxListed), `${rest} more`] : plain);
}

function joined(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}
