import { linkDestination } from '../markdown/linkDestination';
import { escapeHeading, escapeText } from '../markdown/markdownText';
import { cleanText } from '../text';

/** What stands above an answer in a document of its own. */
export interface AnswerHeader {
  readonly heading: string;
  /** Title of the note. */
  readonly title: string;
  /** The way from the document to the note; null where there is none. */
  readonly note: string | null;
  readonly model: string;
  readonly isPart: boolean;
}

/** The head of the document, up to where the answer begins. */
export function renderAnswerHeader({ heading, title, note, model, isPart }: AnswerHeader): string {
  const name = escapeText(cleanText(title));
  const link = note === null ? name : `[${name}](${linkDestination(note)})`;
  const about = isPart ? `About a part of ${link}` : `About ${link}`;
  return `# ${escapeHeading(cleanText(heading))}\n\n*${about}, answered by ${escapeText(cleanText(model))}.*\n\n`;
}

/** Why an answer is not whole. */
export type CutOff = 'cancelled' | 'failed' | 'tooLong';

const reasons: Readonly<Record<CutOff, string>> = {
  cancelled: 'cancelled',
  failed: 'the rest did not arrive',
  tooLong: 'the model reached the most that it may answer',
};

/** What stands below an answer that is not whole. */
export function renderCutOff(reason: CutOff): string {
  return `*Cut off here: ${reasons[reason]}.*`;
}
