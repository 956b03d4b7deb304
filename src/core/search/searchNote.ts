import { blocksWithOffsets, type Note } from '../note/parseNote';
import type { Span } from '../span';
import type { Word } from '../transcript/model';
import { excerptAround } from './excerpt';
import { searchIndexOf, matchesIndex, queryTokenSpans, querySpans, type Query } from './query';
import { plainTextOf } from './plainText';
import { tokensOf } from './tokens';

/** A paragraph of a note, ready to be searched. */
export interface SearchableParagraph {
  readonly speaker: string | null;
  readonly startMs: number;
  readonly text: string;
  /** Of the text. */
  readonly index: string;
  /** What stands in the file, and where that begins. */
  readonly raw: string;
  readonly offset: number;
}

/** Where something is said, in the transcript. */
export interface TranscriptHit {
  readonly startMs: number;
  /** The words around it; null where only the time is known. */
  readonly excerpt: string | null;
}

/** Something that was found, and its place in the note. */
export interface NoteHit {
  readonly speaker: string | null;
  /** When it is said; when its paragraph begins, where that is not known. */
  readonly startMs: number;
  /** The text around it, on one line. */
  readonly excerpt: string;
  /** Whether it stands in the note; otherwise its paragraph is the place, since it was changed by hand. */
  readonly isInNote: boolean;
  /** Offsets in the note. */
  readonly place: Span;
}

/** The paragraphs of a note in their order. */
export function searchableParagraphs(note: Note): SearchableParagraph[] {
  const speakers = note.turns.flatMap(({ speaker, paragraphs }) => paragraphs.map(() => speaker));
  const passages: SearchableParagraph[] = [];
  for (const [offset, block] of blocksWithOffsets(note.blocks)) {
    if (block.kind === 'paragraph') {
      const { raw, startMs, text } = block;
      const speaker = speakers[passages.length] ?? null;
      passages.push({ speaker, startMs, text, index: searchIndexOf(text), raw, offset });
    }
  }
  return passages;
}

/** Words of a transcript, ready to be searched. */
export interface SearchableWords {
  readonly words: readonly Word[];
  /** Tokens of all words, and the index of the word that each is of. */
  readonly tokens: readonly { readonly text: string; readonly word: number }[];
}

export function searchableWords(words: readonly Word[]): SearchableWords {
  const tokens = words.flatMap(({ text }, word) =>
    tokensOf(text).map((token) => ({ text: token.text, word })),
  );
  return { words, tokens };
}

/** How many words before and after are shown of a place that only the transcript has. */
const wordsAround = 8;

/** Where the query is said, by the words of the transcript. */
export function searchTranscript({ words, tokens }: SearchableWords, query: Query): readonly TranscriptHit[] {
  return queryTokenSpans(query, tokens).map(({ start, end }) => {
    const first = tokens[start]?.word ?? 0;
    const last = tokens[end]?.word ?? first;
    const around = words.slice(Math.max(0, first - wordsAround), last + 1 + wordsAround);
    return { startMs: words[first]?.startMs ?? 0, excerpt: around.map(({ text }) => text).join(' ') };
  });
}

/**
 * Where the query is in a note, one by one, since one word may be in it a thousand times: where it stands in the text as
 * that is now, and where it was said although the text was changed since.
 *
 * @param said where it is said by the transcript, if there is one
 */
export function* searchNote(
  passages: readonly SearchableParagraph[],
  query: Query,
  said: readonly TranscriptHit[],
): Generator<NoteHit> {
  const saidIn = byPassage(passages, said);
  for (const passage of passages) {
    const places = saidIn.get(passage) ?? [];
    const spans = spansInPassage(passage, query);
    if (spans.length === 0) {
      yield* hitsAtPassage(passage, places);
    } else {
      // Which of them was changed nobody knows, where there are not as many.
      const times = places.length === spans.length ? places.map(({ startMs }) => startMs) : [];
      yield* hitsAt(passage, spans, times);
    }
  }
}

/** The places in a note at which something is said that was found elsewhere. */
export function locateInNote(
  passages: readonly SearchableParagraph[],
  query: Query,
  said: readonly TranscriptHit[],
): NoteHit[] {
  return [...byPassage(passages, said)].flatMap(([passage, places]) => {
    const spans = spansInPassage(passage, query);
    if (spans.length === 0) {
      return hitsAtPassage(passage, places);
    }
    // One that was changed by hand leaves the others in their order.
    const theirs = places.flatMap((_, index) => spans[Math.min(index, spans.length - 1)] ?? []);
    return hitsAt(
      passage,
      theirs,
      places.map(({ startMs }) => startMs),
    );
  });
}

function spansInPassage(passage: SearchableParagraph, query: Query): readonly Span[] {
  return matchesIndex(passage.index, query) ? querySpans(passage.text, query) : [];
}

/** Each in the paragraph that had begun last by then. */
function byPassage(
  passages: readonly SearchableParagraph[],
  said: readonly TranscriptHit[],
): ReadonlyMap<SearchableParagraph, readonly TranscriptHit[]> {
  const inOrder = [...passages].sort((one, other) => one.startMs - other.startMs);
  const found = new Map<SearchableParagraph, TranscriptHit[]>();
  let at = 0;
  for (const place of [...said].sort((one, other) => one.startMs - other.startMs)) {
    while ((inOrder[at + 1]?.startMs ?? Infinity) <= place.startMs) {
      at++;
    }
    const passage = inOrder[at];
    if (passage !== undefined) {
      const places = found.get(passage) ?? [];
      places.push(place);
      found.set(passage, places);
    }
  }
  return found;
}

function hitsAt(passage: SearchableParagraph, spans: readonly Span[], times: readonly number[]): NoteHit[] {
  const { offsets } = plainTextOf(passage.raw);
  return spans.map((span, index) => ({
    speaker: passage.speaker,
    startMs: times[index] ?? passage.startMs,
    excerpt: excerptAround(passage.text, span),
    isInNote: true,
    place: {
      start: passage.offset + (offsets[span.start] ?? 0),
      end: passage.offset + (offsets[span.end] ?? 0),
    },
  }));
}

function hitsAtPassage(passage: SearchableParagraph, places: readonly TranscriptHit[]): NoteHit[] {
  if (places.length === 0) {
    return [];
  }
  const start = passage.offset + (plainTextOf(passage.raw).offsets[0] ?? 0);
  return places.map(({ startMs, excerpt }) => ({
    speaker: passage.speaker,
    startMs,
    excerpt: excerpt ?? excerptAround(passage.text, { start: 0, end: 0 }),
    isInNote: false,
    place: { start, end: start },
  }));
}
