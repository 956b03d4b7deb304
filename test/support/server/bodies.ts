import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../../src/core/json';
import { fixturePath } from '../fixtures';

/** What words and utterances have in common in all bodies. */
interface Spoken {
  readonly speaker: string;
  readonly text: string;
  /** ms from the start of the recording. */
  readonly start: number;
  readonly end: number;
}

interface DialogueFile {
  /** In seconds. */
  readonly duration: number;
  readonly utterances: readonly (Spoken & { readonly words: readonly { start: number; end: number }[] })[];
}

const toMs = (seconds: number): number => Math.round(seconds * 1000);

function utterance(spoken: Spoken, times: readonly { start: number; end: number }[]): JsonObject {
  const words = spoken.text.split(' ').map((text, index) => {
    const time = times[index] ?? { start: spoken.start, end: spoken.end };
    return { text, start: time.start, end: time.end, confidence: 0.97, speaker: spoken.speaker };
  });
  return { ...spoken, confidence: 0.97, words };
}

function completed(utterances: readonly JsonObject[], audioDuration: number): JsonObject {
  return {
    status: 'completed',
    text: utterances.map((each) => each['text']).join(' '),
    words: utterances.flatMap((each) => each['words']),
    utterances,
    confidence: 0.97,
    audio_duration: audioDuration,
    language_code: 'en',
    language_confidence: 0.9931,
  };
}

/** The results of test/fixtures/dialogue: 43 s of English, twelve turns of the speakers A, B and C. */
export function dialogueBody(): JsonObject {
  const file = JSON.parse(readFileSync(fixturePath('dialogue', 'dialogue.json'), 'utf8')) as DialogueFile;
  const voices = [...new Set(file.utterances.map((each) => each.speaker))];
  const utterances = file.utterances.map((each) =>
    utterance(
      {
        speaker: String.fromCharCode('A'.charCodeAt(0) + voices.indexOf(each.speaker)),
        text: each.text,
        start: toMs(each.start),
        end: toMs(each.end),
      },
      each.words.map((word) => ({ start: toMs(word.start), end: toMs(word.end) })),
    ),
  );
  return completed(utterances, Math.round(file.duration));
}

/** The results of a recording of a few sentences: `['A', 'Did it pass?'], ['B', 'Yes.']`, a second each. */
export function smallBody(...sentences: readonly (readonly [speaker: string, text: string])[]): JsonObject {
  const utterances = sentences.map(([speaker, text], index) => {
    const start = index * 1000;
    const words = text.split(' ');
    const step = Math.floor(1000 / words.length);
    const times = words.map((_, at) => ({ start: start + at * step, end: start + (at + 1) * step }));
    return utterance({ speaker, text, start, end: start + 1000 }, times);
  });
  return completed(utterances, sentences.length);
}

/** Fields that the API may add without notice, and those of features that are off. */
export const newness: JsonObject = {
  metadata: {
    domain_used: null,
    warnings: [{ message: 'speaker_labels is not available for this language.' }],
  },
  content_safety_labels: {},
  iab_categories_result: {},
  auto_highlights_result: { status: 'unavailable', results: [{ count: 1, text: 'sales numbers' }] },
  language_detection_results: { code_switching_languages: [{ language: 'en', confidence: 0.99 }] },
  is_deleted: null,
  cluster_id: null,
  mood_of_the_room: { cheerful: true },
};
