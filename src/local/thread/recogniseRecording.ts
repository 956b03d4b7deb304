import { AudioError, sampleRate, type Sound } from '../../audio/sound/sound';
import type { RecognisedChannel, RecognisedRecording, RecognisedWord } from '../recognition/recognisedSpeech';
import { Cancelled, type RecognitionProgress, type RecognitionTask } from '../recognition/recogniser';
import type { TranscriptionOptions } from '../speech/transcription';

/** What a recording is recognised with. */
export interface RecognitionTools {
  /** Opens a recording and decodes it. */
  readonly openSound: (path: string) => Promise<Sound>;
  /** Recognises the speech in samples at 16 kHz. */
  readonly transcribe: (
    samples: AsyncIterable<Float32Array>,
    options: TranscriptionOptions,
  ) => Promise<RecognisedChannel>;
}

/** How the caller follows and stops the work. */
export interface RecognitionHooks {
  readonly onProgress: (progress: RecognitionProgress) => void;
  /** Called repeatedly; true ends the work with `Cancelled`. */
  readonly isCancelled: () => boolean;
}

/** AssemblyAI refuses shorter recordings. */
const minDurationMs = 160;

const samplesIn = (ms: number): number => Math.round((ms * sampleRate) / 1000);

/** The part of the samples that the task asks for. Stops decoding at its end. */
async function* partOf(
  blocks: AsyncIterable<Float32Array>,
  { fromMs, toMs = Infinity }: RecognitionTask,
  isCancelled: () => boolean,
): AsyncGenerator<Float32Array> {
  const [from, to] = [samplesIn(fromMs), samplesIn(toMs)];
  let position = 0;
  for await (const block of blocks) {
    if (isCancelled()) {
      throw new Cancelled();
    }
    const part = block.subarray(Math.max(0, from - position), Math.max(0, to - position));
    if (part.length > 0) {
      yield part;
    }
    position += block.length;
    if (position >= to) {
      return;
    }
  }
}

/** Moves all times back by some milliseconds. */
function shifted(channel: RecognisedChannel, ms: number): RecognisedChannel {
  const shift = (words: readonly RecognisedWord[]): RecognisedWord[] =>
    words.map((word) => ({ ...word, startMs: word.startMs + ms, endMs: word.endMs + ms }));
  return {
    ...channel,
    words: shift(channel.words),
    utterances: channel.utterances?.map((each) => ({ ...each, words: shift(each.words) })),
  };
}

/** Length of the part that the task asks for; undefined when the recording does not say how long it is. */
function taskDurationMs(sound: Sound, { fromMs, toMs = Infinity }: RecognitionTask): number | undefined {
  return sound.durationSeconds === undefined
    ? undefined
    : Math.max(0, Math.min(toMs, sound.durationSeconds * 1000) - fromMs);
}

/**
 * Recognises a recording, its channels one after another if the task asks for channels.
 *
 * @throws AudioError when the recording cannot be decoded or is too short
 * @throws Cancelled
 */
export async function recogniseRecording(
  task: RecognitionTask,
  { openSound, transcribe }: RecognitionTools,
  { onProgress, isCancelled }: RecognitionHooks,
): Promise<RecognisedRecording> {
  const sound = await openSound(task.path);
  try {
    const channels = task.byChannel ? [...Array(sound.channels).keys()] : ['mix' as const];
    const channelMs = taskDurationMs(sound, task);
    const totalMs = channelMs === undefined ? undefined : channelMs * channels.length;
    const recognised: RecognisedChannel[] = [];
    let doneMs = 0;
    onProgress({ doneMs, totalMs });
    for (const channel of channels) {
      const beforeMs = doneMs;
      const result = await transcribe(partOf(sound.samples(channel), task, isCancelled), {
        speakers: task.speakers,
        isCancelled,
        onProgress: (ms) => onProgress({ doneMs: beforeMs + ms, totalMs }),
      });
      if (result.durationMs < minDurationMs) {
        throw new AudioError('tooShort', 'Audio duration is too short.');
      }
      doneMs += result.durationMs;
      recognised.push(shifted(result, task.fromMs));
    }
    const endMs = task.fromMs + Math.max(...recognised.map(({ durationMs }) => durationMs));
    return {
      channels: recognised,
      // If the sound was decoded to its end, its real length is known, whatever the container says.
      durationMs:
        task.toMs === undefined || sound.durationSeconds === undefined ? endMs : sound.durationSeconds * 1000,
    };
  } finally {
    await sound.close();
  }
}
