import type { JsonObject } from '../../../src/core/json';
import { arabic } from './fullBodies/arabic';
import { english } from './fullBodies/english';
import { german } from './fullBodies/german';
import type { Sentence, Talk } from './fullBodies/talk';

const talks = { en: english, de: german, ar: arabic };

/** ms from the start of a sentence to that of the next, and the length of a sentence. */
const stepMs = 6000;
const lengthMs = 5400;

const startOf = (at: number): number => 400 + at * stepMs;
const endOf = (at: number): number => startOf(at) + lengthMs;
const span = (from: number, to = from) => ({ start: startOf(from), end: endOf(to) });

/**
 * The results of a conversation of two people with all features of the API, and the parameters that the service
 * repeats. They are spread over a completed body. The service would not run all these features in one job.
 */
export function fullBody(language: keyof typeof talks): JsonObject {
  const talk = talks[language];
  return {
    status: 'completed',
    ...parametersOf(talk),
    ...wordsOf(talk),
    ...findingsOf(talk),
    ...understandingOf(talk),
  };
}

function parametersOf({ language }: Talk): JsonObject {
  return {
    speech_models: ['assemblyai-stt-3-7', 'universal-2'],
    speech_model_used: 'assemblyai-stt-3-7',
    language_detection: true,
    language_code: language,
    language_codes: [language.slice(0, 2), 'en'],
    language_confidence: 0.9931,
    language_detection_results: { code_switching_languages: [{ language: 'en', confidence: 0.41 }] },
    domain: 'medical-v1',
    metadata: { domain_used: 'medical-v1', warnings: [{ message: 'temperature was ignored.' }] },
    speaker_labels: true,
    multichannel: true,
    audio_channels: 2,
    redact_pii: true,
    redact_pii_policies: ['phone_number', 'email_address'],
    redact_pii_sub: 'entity_name',
    redact_pii_return_unredacted: true,
    ...Object.fromEntries(
      [
        'auto_chapters',
        'auto_highlights',
        'content_safety',
        'entity_detection',
        'iab_categories',
        'sentiment_analysis',
        'summarization',
      ].map((parameter) => [parameter, true]),
    ),
  };
}

function wordsOf(talk: Talk): JsonObject {
  const utterances = talk.sentences.map((sentence, at) => utterance(talk, sentence, at));
  const open = talk.sentences.map(([speaker, mood, text], at) =>
    utterance(talk, [speaker, mood, replaced(text, talk.secrets)], at),
  );
  return {
    text: textOf(utterances),
    words: utterances.flatMap(({ words }) => words),
    utterances,
    unredacted_text: textOf(open),
    unredacted_words: open.flatMap(({ words }) => words),
    unredacted_utterances: open,
    confidence: 0.97,
    audio_duration: Math.ceil(endOf(talk.sentences.length - 1) / 1000),
    translated_texts: Object.fromEntries(
      Object.entries(talk.translations).map(([language, texts]) => [language, texts.join(' ')]),
    ),
  };
}

/** With `speaker_identification`, there are names instead of labels. */
function utterance(talk: Talk, [speaker, , text]: Sentence, at: number) {
  const voice = { speaker: talk.names[speaker], channel: speaker === 'A' ? '1' : '2', confidence: 0.97 };
  const spoken = text.split(' ');
  const wordMs = Math.floor(lengthMs / spoken.length);
  const words = spoken.map((word, i) => {
    const start = startOf(at) + i * wordMs;
    return { text: word, start, end: start + wordMs, ...voice };
  });
  const texts = Object.entries(talk.translations).map(([language, all]) => [language, all[at]]);
  return { ...voice, ...span(at), text, words, translated_texts: Object.fromEntries(texts) as JsonObject };
}

function textOf(utterances: readonly { readonly text: string }[]): string {
  return utterances.map(({ text }) => text).join(' ');
}

function replaced(text: string, mapping: Readonly<Record<string, string>>): string {
  return Object.entries(mapping).reduce((result, [from, to]) => result.replaceAll(from, to), text);
}

function findingsOf(talk: Talk): JsonObject {
  const sentenceAt = (at: number): string => talk.sentences[at]![2];
  return {
    summary: talk.oldSummary.map((point) => `- ${point}`).join('\n'),
    summary_type: 'bullets',
    summary_model: 'informative',
    chapters: talk.chapters.map(({ from, to, ...chapter }) => ({ ...chapter, ...span(from, to) })),
    auto_highlights_result: {
      status: 'success',
      results: talk.highlights.map(([text, rank, ...places]) => ({
        text,
        count: places.length,
        ...(rank === null ? {} : { rank }),
        timestamps: places.map((at) => span(at)),
      })),
    },
    entities: talk.entities.map(([type, text, at]) => ({ entity_type: type, text, ...span(at) })),
    sentiment_analysis_results: talk.sentences.map(([speaker, sentiment, text], at) => ({
      text,
      ...span(at),
      ...(at === 0 ? { start: null } : {}),
      sentiment,
      confidence: 0.9,
      speaker,
      channel: null,
    })),
    iab_categories_result: {
      status: 'success',
      results: talk.topics.map(([label, relevance, at]) => ({
        text: sentenceAt(at),
        labels: [
          { relevance, label },
          { relevance: 0.001, label: 'Events' },
        ],
        timestamp: span(at),
      })),
      summary: Object.fromEntries(talk.topics.map(([label, relevance]) => [label, relevance])),
    },
    content_safety_labels: {
      status: 'success',
      results: talk.warnings.map(([label, , at]) => ({
        text: sentenceAt(at),
        labels: [{ label, confidence: 0.88, severity: 0.3 }],
        sentences_idx_start: at,
        sentences_idx_end: at,
        timestamp: span(at),
      })),
      summary: Object.fromEntries(talk.warnings.map(([label]) => [label, 0.88])),
      severity_score_summary: Object.fromEntries(
        talk.warnings.map(([label, severity]) => [
          label,
          { low: 0.1, medium: 0.1, high: 0.1, [severity]: 0.8 },
        ]),
      ),
    },
  };
}

function understandingOf(talk: Talk): JsonObject {
  const success = { status: 'success' };
  const texts = talk.sentences.map(([, , text]) => replaced(text, talk.formats));
  const taken = (items: Talk['actionItems'], key: string) =>
    items.map(({ text, at }) => ({ [key]: text, quote: talk.sentences[at]![2], timestamp: startOf(at) }));
  return {
    speech_understanding: {
      request: {
        speaker_identification: { speaker_type: 'name', known_values: Object.values(talk.names) },
        translation: { target_languages: Object.keys(talk.translations), match_original_utterance: true },
        custom_formatting: { date: 'mm/dd/yyyy', format_utterances: true },
        summarization: { summary_type: 'bullets' },
        action_items: { include_decisions: true },
      },
      response: {
        speaker_identification: { ...success, mapping: talk.names },
        translation: success,
        custom_formatting: {
          ...success,
          mapping: talk.formats,
          formatted_text: texts.join(' '),
          formatted_utterances: texts.map((text, at) => ({
            speaker: talk.names[talk.sentences[at]![0]],
            text,
            ...span(at),
          })),
        },
        summarization: {
          ...success,
          summary_type: 'bullets',
          effort: 'low',
          summary: talk.parts.map(({ from, to, ...part }) => ({ ...part, ...span(from, to) })),
          block_summary: talk.wholeSummary,
        },
        action_items: {
          ...success,
          effort: 'low',
          items: taken(talk.actionItems, 'action_item'),
          decisions: taken(talk.decisions, 'decision'),
        },
      },
    },
  };
}
