import { linkDestination } from '../markdown/linkDestination';
import { escapeHeading, escapeText } from '../markdown/markdownText';
import { cleanText } from '../text';

/** What the document of an answer says above it. */
export interface AnswerHeader {
  readonly heading: string;
  /** Title of the note that was asked about. */
  readonly title: string;
  /** Link from the document to the note; null for no link. */
  readonly note: string | null;
  /** Name of the language model. */
  readonly model: string;
  /** Whether only a part of the note was asked about. */
  readonly isPart: boolean;
}

/** The Markdown above an answer, with the blank line after it. */
export function renderAnswerHeader({ heading, title, note, model, isPart }: AnswerHeader): string {
  const name = escapeText(cleanText(title));
  const link = note === null ? name : `[${name}](${linkDestination(note)})`;
  const about = isPart ? `About a part of ${link}` : `About ${link}`;
  return `# ${escapeHeading(cleanText(heading))}\n\n*${about}, answered by ${escapeText(cleanText(model))}.*\n\n`;
}

/** Why an answer is incomplete. */
export type CutOff = 'cancelled' | 'failed' | 'tooLong' | 'refused';

const reasons: Readonly<Record<CutOff, string>> = {
  cancelled: 'cancelled',
  failed: 'the rest did not arrive',
  tooLong: 'the answer reached the limit of the model',
  refused: 'the model refused to go on',
};

/** The line of Markdown below an incomplete answer. */
export function renderCutOff(reason: CutOff): string {
  return `*Cut off here: ${reasons[reason]}.*`;
}

/** The sentence about an answer without text. @param model its name */
export function emptyAnswerMessage(model: string, cutOff: CutOff | undefined): string {
  switch (cutOff) {
    case 'tooLong':
      return `${model} reached the most that it may write before it came to an answer: it spent everything on reasoning. Ask about less, or choose another model.`;
    case 'refused':
      return `${model} refused to answer. Ask in another way, or choose another model.`;
    default:
      return `The answer of ${model} is empty. Ask again, or choose another model.`;
  }
}
