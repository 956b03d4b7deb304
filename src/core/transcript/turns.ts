import type { Transcript, Utterance } from './model';
import { paragraphsOf, type Paragraph } from './paragraphs';

/** What one speaker says in a row, as a note shows it. */
export interface Turn {
  /** The speaker's label in a transcript, the name in a note; null where speakers are not told apart. */
  readonly speaker: string | null;
  /** At least one. */
  readonly paragraphs: readonly Paragraph[];
}

/** The turns of a transcript; [] for no speech. With fewer than two speakers it is one turn without a speaker. */
export function turnsOf(transcript: Transcript): Turn[] {
  const { utterances, text, words } = transcript;
  if (utterances.length === 0) {
    const startMs = words[0]?.startMs ?? 0;
    const endMs = words.at(-1)?.endMs ?? startMs;
    return text === ''
      ? []
      : [{ speaker: null, paragraphs: paragraphsOf([{ text, words, startMs, endMs }]) }];
  }
  if (labelsOf(transcript).length < 2) {
    return [{ speaker: null, paragraphs: paragraphsOf(utterances) }];
  }
  return runsOf(utterances).map(({ speaker, said }) => ({ speaker, paragraphs: paragraphsOf(said) }));
}

/** The labels of all speakers, in order of appearance. */
export function labelsOf(transcript: Transcript): string[] {
  return [...new Set(transcript.utterances.map(({ speaker }) => speaker))];
}

interface Run {
  readonly speaker: string;
  readonly said: Utterance[];
}

function runsOf(utterances: readonly Utterance[]): Run[] {
  const runs: Run[] = [];
  for (const utterance of utterances) {
    const last = runs.at(-1);
    if (last?.speaker === utterance.speaker) {
      last.said.push(utterance);
    } else {
      runs.push({ speaker: utterance.speaker, said: [utterance] });
    }
  }
  return runs;
}
