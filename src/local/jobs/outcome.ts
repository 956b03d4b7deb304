import type { JsonObject } from '../../core/json';
import { meanConfidence, type UtteranceBody, type WordBody } from '../api/bodies';
import type { Speech, SpokenWord } from '../speech/heard/speech';
import type { Recognition } from './recogniser';
import { textForm } from './textForm';

/** What became of a job: the fields of a completed transcript, or its `error`. */
export type Outcome = { readonly results: JsonObject } | { readonly error: string };

/** Below it, speech is taken for another language than English. */
const leastEnglishConfidence = 0.5;

/** What does the work here; in `speech_model_used`. */
const modelName = 'moonshine-tiny (local)';

/** A silence that ends an utterance where only channels tell voices apart, ms. */
const utterancePauseMs = 1000;

/** Silences up to here are part of speech, ms. */
const speechPauseMs = 500;

/** 0 → A, 25 → Z, 26 → AA. */
export function speakerLetters(speaker: number): string {
  const rest = Math.floor(speaker / 26);
  const letter = String.fromCharCode('A'.charCodeAt(0) + (speaker % 26));
  return rest === 0 ? letter : speakerLetters(rest - 1) + letter;
}

/** How a voice is labelled; null for `channel` where channels were not heard alone. */
function labelOf(speaker: number | undefined, channel: string | null): string | null {
  return speaker === undefined ? channel : (channel ?? '') + speakerLetters(speaker);
}

function wordBody(word: SpokenWord, channel: string | null): WordBody {
  return {
    text: word.text,
    start: Math.round(word.startMs),
    end: Math.round(word.endMs),
    confidence: word.confidence,
    speaker: labelOf(word.speaker, channel),
    ...(channel === null ? {} : { channel }),
  };
}

function utteranceBody(words: readonly WordBody[]): UtteranceBody[] {
  const [first, last] = [words[0], words.at(-1)];
  return first === undefined || last === undefined
    ? []
    : [
        {
          text: words.map((word) => word.text).join(' '),
          start: first.start,
          end: last.end,
          confidence: meanConfidence(words) ?? 0,
          speaker: first.speaker ?? '',
          ...(first.channel === undefined ? {} : { channel: first.channel }),
          words,
        },
      ];
}

const byTime = (one: WordBody, other: WordBody): number => one.start - other.start;

/** Whether a channel goes on with what it was saying: without a long silence, or another channel in a short one. */
function goesOn(open: readonly WordBody[], before: WordBody, word: WordBody): boolean {
  const endMs = open.at(-1)?.end ?? -Infinity;
  const isInterrupted = before.channel !== word.channel && before.start >= endMs;
  return !isInterrupted && word.start - endMs < utterancePauseMs;
}

/** Utterances of channels, whose words come in the order of time. */
function channelUtterances(words: readonly WordBody[]): WordBody[][] {
  const utterances: WordBody[][] = [];
  const openOf = new Map<string | undefined, WordBody[]>();
  let before: WordBody | undefined;
  for (const word of words) {
    const open = openOf.get(word.channel);
    if (open !== undefined && before !== undefined && goesOn(open, before, word)) {
      open.push(word);
    } else {
      const opened = [word];
      utterances.push(opened);
      openOf.set(word.channel, opened);
    }
    before = word;
  }
  return utterances;
}

/** Words and utterances of all channels, in the form that was asked for. */
function spokenBodies(channels: readonly Speech[], parameters: JsonObject) {
  const form = textForm(parameters);
  const byChannel = parameters['multichannel'] === true;
  const bodies = (words: readonly SpokenWord[], index: number): WordBody[] =>
    form(words).map((word) => wordBody(word, byChannel ? String(index + 1) : null));
  if (parameters['speaker_labels'] === true) {
    const utterances = channels
      .flatMap(({ utterances = [] }, index) =>
        utterances.flatMap(({ words, speaker }) =>
          utteranceBody(
            bodies(
              words.map((word) => ({ ...word, speaker })),
              index,
            ),
          ),
        ),
      )
      .sort((one, other) => one.start - other.start);
    return { words: utterances.flatMap((each) => each.words).sort(byTime), utterances };
  }
  const words = channels.flatMap((speech, index) => bodies(speech.words, index)).sort(byTime);
  return { words, utterances: byChannel ? channelUtterances(words).flatMap(utteranceBody) : null };
}

function results(recognition: Recognition, parameters: JsonObject): JsonObject {
  const { words, utterances } = spokenBodies(recognition.channels, parameters);
  return {
    text: (utterances ?? words).map((each) => each.text).join(' '),
    words,
    utterances,
    confidence: meanConfidence(words),
    audio_duration: Math.round(recognition.durationMs / 1000),
    ...(parameters['multichannel'] === true ? { audio_channels: recognition.channels.length } : {}),
    language_code: parameters['language_code'] ?? 'en',
    language_confidence: englishConfidence(recognition.channels) ?? null,
    speech_model_used: modelName,
  };
}

/** Over all channels, by how much is said in each; undefined where that is too little to tell. */
function englishConfidence(channels: readonly Speech[]): number | undefined {
  let [sum, count] = [0, 0];
  for (const { englishConfidence: confidence, words } of channels) {
    if (confidence !== undefined) {
      sum += confidence * words.length;
      count += words.length;
    }
  }
  return count === 0 ? undefined : sum / count;
}

function languageError(recognition: Recognition, parameters: JsonObject): string | undefined {
  const confidence = englishConfidence(recognition.channels);
  // Whoever names a language knows it better.
  if (typeof parameters['language_code'] === 'string' || confidence === undefined) {
    return undefined;
  }
  if (confidence < leastEnglishConfidence) {
    return 'The language of this recording does not seem to be English, and only English can be recognised on this machine. Use AssemblyAI for it.';
  }
  const threshold = Number(parameters['language_confidence_threshold'] ?? 0);
  return confidence < threshold
    ? `detected language 'en', confidence ${confidence.toFixed(4)}, is below the requested confidence threshold value of '${threshold}'`
    : undefined;
}

/** Share of the time during which anybody speaks, 0 to 1. */
function speechShare(channels: readonly Speech[]): number {
  let [speechMs, reachedMs] = [0, -Infinity];
  const words = channels.flatMap((speech) => speech.words);
  for (const { startMs, endMs } of words.sort((one, other) => one.startMs - other.startMs)) {
    const fromMs = startMs - reachedMs <= speechPauseMs ? reachedMs : startMs;
    speechMs += Math.max(0, endMs - fromMs);
    reachedMs = Math.max(reachedMs, endMs);
  }
  const heardMs = Math.max(...channels.map((speech) => speech.durationMs));
  return heardMs > 0 ? Math.min(1, speechMs / heardMs) : 0;
}

function thresholdError({ channels }: Recognition, parameters: JsonObject): string | undefined {
  const threshold = Number(parameters['speech_threshold'] ?? 0);
  const share = speechShare(channels);
  return share < threshold
    ? `Audio speech threshold ${share.toFixed(4)} is below the requested speech threshold value ${threshold}`
    : undefined;
}

/** What a recognition makes of a job. A recording in which nobody speaks is completed, with an empty text. */
export function outcomeOf(recognition: Recognition, parameters: JsonObject): Outcome {
  const error = languageError(recognition, parameters) ?? thresholdError(recognition, parameters);
  return error === undefined ? { results: results(recognition, parameters) } : { error };
}
