import { blocksWithOffsets, type Note } from '../note/parseNote';
import type { Span } from '../span';
import type { Word } from '../transcript/model';
import { excerptAround } from './excerpt';
import { plainTextOf } from './plainText';
import { matchesIndex, querySpans, queryTokenSpans, searchIndexOf, type Query } from './query';
import { tokensOf } from './tokens';

/** A paragraph of a note, prepared for search. */
export interface SearchableParagraph {
  readonly speaker: string | null;
  readonly startMs: number;
  readonly text: string;
  /** See `searchIndexOf`. */
  readonly index: string;
  /** Its Markdown. */
  readonly raw: string;
  /** Where that begins in the note. */
  readonly offset: number;
}

/** A place in the transcript where the query is said. */
export interface TranscriptHit {
  readonly startMs: number;
  /** The query with the words around it; null where only the time is known. */
  readonly excerpt: string | null;
}

/** A place in a note that was found. */
export interface NoteHit {
  readonly speaker: string | null;
  /** When it is said, or else when its paragraph begins. */
  readonly startMs: number;
  /** The text that was found with the text around it, on one line. */
  readonly excerpt: string;
  /** False for text that its user has changed in the note: then the place is the start of its paragraph. */
  readonly isInNote: boolean;
  /** Offsets in the note. */
  readonly place: Span;
}

/** The paragraphs of a note in their order, prepared for search. */
export function searchableParagraphs(note: Note): SearchableParagraph[] {
  const speakers = note.turns.flatMap(({ speaker, paragraphs }) => paragraphs.map(() => speaker));
  const paragraphs: SearchableParagraph[] = [];
  for (const [offset, block] of blocksWithOffsets(note.blocks)) {
    if (block.kind === 'paragraph') {
      const { raw, startMs, text } = block;
      const speaker = speakers[paragraphs.length] ?? null;
      paragraphs.push({ speaker, startMs, text, index: searchIndexOf(text), raw, offset });
    }
  }
  return paragraphs;
}

/** The words of a transcript, prepared for search. */
export interface SearchableWords {
  readonly words: readonly Word[];
  /** The tokens of all words, each with the index of its word. */
  readonly tokens: readonly { readonly text: string; readonly word: number }[];
}

/** Prepares the words of a transcript for search. */
export function searchableWords(words: readonly Word[]): SearchableWords {
  const tokens = words.flatMap(({ text }, word) =>
    tokensOf(text).map((token) => ({ text: token.text, word })),
  );
  return { words, tokens };
}

/** How many words are shown before and after a hit in the transcript. */
const wordsAround = 8;

/** Finds the query in the words of a transcript. */
export function searchTranscript({ words, tokens }: SearchableWords, query: Query): readonly TranscriptHit[] {
  return queryTokenSpans(query, tokens).map(({ start, end }) => {
    const first = tokens[start]?.word ?? 0;
    const last = tokens[end]?.word ?? first;
    const around = words.slice(Math.max(0, first - wordsAround), last + 1 + wordsAround);
    return { startMs: words[first]?.startMs ?? 0, excerpt: around.map(({ text }) => text).join(' ') };
  });
}

/**
 * Finds the query in a note: in its text, and where it was said but the text has been changed since. It is a generator,
 * since a note may contain a word thousands of times.
 *
 * @param said hits of the query in the transcript; [] without a transcript
 */
export function* searchNote(
  paragraphs: readonly SearchableParagraph[],
  query: Query,
  said: readonly TranscriptHit[],
): Generator<NoteHit> {
  const saidIn = byParagraph(paragraphs, said);
  for (const paragraph of paragraphs) {
    const places = saidIn.get(paragraph) ?? [];
    const spans = spansInParagraph(paragraph, query);
    if (spans.length === 0) {
      yield* hitsAtParagraph(paragraph, places);
    } else {
      // If the numbers differ, it is not known which of them were changed.
      const times = places.length === spans.length ? places.map(({ startMs }) => startMs) : [];
      yield* hitsAt(paragraph, spans, times);
    }
  }
}

/** Locates hits of the transcript in a note. */
export function locateInNote(
  paragraphs: readonly SearchableParagraph[],
  query: Query,
  said: readonly TranscriptHit[],
): NoteHit[] {
  return [...byParagraph(paragraphs, said)].flatMap(([paragraph, places]) => {
    const spans = spansInParagraph(paragraph, query);
    if (spans.length === 0) {
      return hitsAtParagraph(paragraph, places);
    }
    // Where the user has changed one of them, the others are still in their order.
    const spansOfHits = places.flatMap((_, index) => spans[Math.min(index, spans.length - 1)] ?? []);
    return hitsAt(
      paragraph,
      spansOfHits,
      places.map(({ startMs }) => startMs),
    );
  });
}

function spansInParagraph(paragraph: SearchableParagraph, query: Query): readonly Span[] {
  return matchesIndex(paragraph.index, query) ? querySpans(paragraph.text, query) : [];
}

/** Assigns each hit to the last paragraph that begins before it. */
function byParagraph(
  paragraphs: readonly SearchableParagraph[],
  said: readonly TranscriptHit[],
): ReadonlyMap<SearchableParagraph, readonly TranscriptHit[]> {
  const inOrder = [...paragraphs].sort((one, other) => one.startMs - other.startMs);
  const found = new Map<SearchableParagraph, TranscriptHit[]>();
  let at = 0;
  for (const place of [...said].sort((one, other) => one.startMs - other.startMs)) {
    while ((inOrder[at + 1]?.startMs ?? Infinity) <= place.startMs) {
      at++;
    }
    const paragraph = inOrder[at];
    if (paragraph !== undefined) {
      const places = found.get(paragraph) ?? [];
      places.push(place);
      found.set(paragraph, places);
    }
  }
  return found;
}

function hitsAt(paragraph: SearchableParagraph, spans: readonly Span[], times: readonly number[]): NoteHit[] {
  const { offsets } = plainTextOf(paragraph.raw);
  return spans.map((span, index) => ({
    speaker: paragraph.speaker,
    startMs: times[index] ?? paragraph.startMs,
    excerpt: excerptAround(paragraph.text, span),
    isInNote: true,
    place: {
      start: paragraph.offset + (offsets[span.start] ?? 0),
      end: paragraph.offset + (offsets[span.end] ?? 0),
    },
  }));
}

function hitsAtParagraph(paragraph: SearchableParagraph, places: readonly TranscriptHit[]): NoteHit[] {
  if (places.length === 0) {
    return [];
  }
  const start = paragraph.offset + (plainTextOf(paragraph.raw).offsets[0] ?? 0);
  return places.map(({ startMs, excerpt }) => ({
    speaker: paragraph.speaker,
    startMs,
    excerpt: excerpt ?? excerptAround(paragraph.text, { start: 0, end: 0 }),
    isInNote: false,
    place: { start, end: start },
  }));
}
