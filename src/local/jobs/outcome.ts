import type { JsonObject } from '../../core/json';
import { meanConfidence, type UtteranceBody, type WordBody } from '../api/bodies';
import type { RecognisedChannel, RecognisedWord, RecognisedRecording } from '../recognition/recognisedSpeech';
import { textFormatter } from './textFormatter';

/** How a job ended: the fields that a completed transcript gets, or the `error` of a failed one. */
export type Outcome = { readonly results: JsonObject } | { readonly error: string };

/** With less, the language is taken not to be English. */
const minEnglishConfidence = 0.5;

/** The value of `speech_model_used`. */
const modelName = 'moonshine-tiny (local)';

/** A pause this long ends an utterance when only the channels tell speakers apart. */
const utterancePauseMs = 1000;

/** Pauses up to this length count as speech. */
const speechPauseMs = 500;

/** The label of a speaker, numbered from 0: 0 → A, 25 → Z, 26 → AA. */
export function speakerLetters(speaker: number): string {
  const rest = Math.floor(speaker / 26);
  const letter = String.fromCharCode('A'.charCodeAt(0) + (speaker % 26));
  return rest === 0 ? letter : speakerLetters(rest - 1) + letter;
}

/** The label of a speaker in a channel, such as `1A`. `channel` is null if the channels were mixed. */
function labelOf(speaker: number | undefined, channel: string | null): string | null {
  return speaker === undefined ? channel : (channel ?? '') + speakerLetters(speaker);
}

function wordBody(word: RecognisedWord, channel: string | null): WordBody {
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

/**
 * Whether a word continues the open utterance of its channel: the pause before it is short, and no other channel spoke in
 * that pause.
 *
 * @param previous the word before it in any channel
 */
function continues(open: readonly WordBody[], previous: WordBody, word: WordBody): boolean {
  const endMs = open.at(-1)?.end ?? -Infinity;
  const isInterrupted = previous.channel !== word.channel && previous.start >= endMs;
  return !isInterrupted && word.start - endMs < utterancePauseMs;
}

/** Splits the words of several channels, ordered by time, into utterances of one channel each. */
function channelUtterances(words: readonly WordBody[]): WordBody[][] {
  const utterances: WordBody[][] = [];
  const openOf = new Map<string | undefined, WordBody[]>();
  let previous: WordBody | undefined;
  for (const word of words) {
    const open = openOf.get(word.channel);
    if (open !== undefined && previous !== undefined && continues(open, previous, word)) {
      open.push(word);
    } else {
      const opened = [word];
      utterances.push(opened);
      openOf.set(word.channel, opened);
    }
    previous = word;
  }
  return utterances;
}

/** The words and utterances of all channels, in the form that the parameters ask for. */
function spokenBodies(channels: readonly RecognisedChannel[], parameters: JsonObject) {
  const format = textFormatter(parameters);
  const byChannel = parameters['multichannel'] === true;
  const bodies = (words: readonly RecognisedWord[], index: number): WordBody[] =>
    format(words).map((word) => wordBody(word, byChannel ? String(index + 1) : null));
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
  const words = channels.flatMap((channel, index) => bodies(channel.words, index)).sort(byTime);
  return { words, utterances: byChannel ? channelUtterances(words).flatMap(utteranceBody) : null };
}

function results(recording: RecognisedRecording, parameters: JsonObject): JsonObject {
  const { words, utterances } = spokenBodies(recording.channels, parameters);
  return {
    text: (utterances ?? words).map((each) => each.text).join(' '),
    words,
    utterances,
    confidence: meanConfidence(words),
    audio_duration: Math.round(recording.durationMs / 1000),
    ...(parameters['multichannel'] === true ? { audio_channels: recording.channels.length } : {}),
    language_code: parameters['language_code'] ?? 'en',
    language_confidence: meanEnglishConfidence(recording.channels) ?? null,
    speech_model_used: modelName,
  };
}

/** Mean over the channels, weighted by their words; undefined if there is too little speech to tell. */
function meanEnglishConfidence(channels: readonly RecognisedChannel[]): number | undefined {
  let [sum, count] = [0, 0];
  for (const { englishConfidence: confidence, words } of channels) {
    if (confidence !== undefined) {
      sum += confidence * words.length;
      count += words.length;
    }
  }
  return count === 0 ? undefined : sum / count;
}

function languageError(recording: RecognisedRecording, parameters: JsonObject): string | undefined {
  const confidence = meanEnglishConfidence(recording.channels);
  // A language in the parameters counts for more than a guess.
  if (typeof parameters['language_code'] === 'string' || confidence === undefined) {
    return undefined;
  }
  if (confidence < minEnglishConfidence) {
    return 'The language of this recording does not seem to be English, and only English can be recognized on this machine. Use AssemblyAI for it.';
  }
  const threshold = Number(parameters['language_confidence_threshold'] ?? 0);
  return confidence < threshold
    ? `detected language 'en', confidence ${confidence.toFixed(4)}, is below the requested confidence threshold value of '${threshold}'`
    : undefined;
}

/** The share of the time in which at least one channel has speech, 0 to 1. */
function speechShare(channels: readonly RecognisedChannel[]): number {
  let [speechMs, reachedMs] = [0, -Infinity];
  const words = channels.flatMap((channel) => channel.words);
  for (const { startMs, endMs } of words.sort((one, other) => one.startMs - other.startMs)) {
    const fromMs = startMs - reachedMs <= speechPauseMs ? reachedMs : startMs;
    speechMs += Math.max(0, endMs - fromMs);
    reachedMs = Math.max(reachedMs, endMs);
  }
  const durationMs = Math.max(...channels.map((channel) => channel.durationMs));
  return durationMs > 0 ? Math.min(1, speechMs / durationMs) : 0;
}

function thresholdError({ channels }: RecognisedRecording, parameters: JsonObject): string | undefined {
  const threshold = Number(parameters['speech_threshold'] ?? 0);
  const share = speechShare(channels);
  return share < threshold
    ? `Audio speech threshold ${share.toFixed(4)} is below the requested speech threshold value ${threshold}`
    : undefined;
}

/**
 * Decides how a job ends. A recording without speech completes with an empty text.
 *
 * @param parameters of the submit, which the API accepted
 */
export function outcomeOf(recording: RecognisedRecording, parameters: JsonObject): Outcome {
  const error = languageError(recording, parameters) ?? thresholdError(recording, parameters);
  return error === undefined ? { results: results(recording, parameters) } : { error };
}
