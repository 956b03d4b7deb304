import { AudioError, sampleRate, type Sound } from '../../audio/sound/sound';
import type { Recognition, RecognitionProgress, RecognitionTask } from '../jobs/recogniser';
import { Cancelled, type Speech, type SpeechOptions, type SpokenWord } from '../speech/heard/speech';

/** What does the work: the decoder of recordings, and the recogniser of speech. */
export interface Workers {
  readonly openSound: (path: string) => Promise<Sound>;
  readonly transcribe: (samples: AsyncIterable<Float32Array>, options: SpeechOptions) => Promise<Speech>;
}

export interface Hooks {
  readonly onProgress: (progress: RecognitionProgress) => void;
  readonly isCancelled: () => boolean;
}

/** AssemblyAI's shortest recording. */
const shortestMs = 160;

const samplesOf = (ms: number): number => Math.round((ms * sampleRate) / 1000);

/** The part of the samples that is wanted; what comes after it is not even decoded. */
async function* partOf(
  blocks: AsyncIterable<Float32Array>,
  { fromMs, toMs = Infinity }: RecognitionTask,
  isCancelled: () => boolean,
): AsyncGenerator<Float32Array> {
  const [from, to] = [samplesOf(fromMs), samplesOf(toMs)];
  let place = 0;
  for await (const block of blocks) {
    if (isCancelled()) {
      throw new Cancelled();
    }
    const part = block.subarray(Math.max(0, from - place), Math.max(0, to - place));
    if (part.length > 0) {
      yield part;
    }
    place += block.length;
    if (place >= to) {
      return;
    }
  }
}

/** Speech in a part of a recording with the times of the recording. */
function shifted(speech: Speech, ms: number): Speech {
  const shift = (words: readonly SpokenWord[]): SpokenWord[] =>
    words.map((word) => ({ ...word, startMs: word.startMs + ms, endMs: word.endMs + ms }));
  return {
    ...speech,
    words: shift(speech.words),
    utterances: speech.utterances?.map((each) => ({ ...each, words: shift(each.words) })),
  };
}

/** How much of each channel there is to do, as far as the recording says. */
function wantedMs(sound: Sound, { fromMs, toMs = Infinity }: RecognitionTask): number | undefined {
  return sound.durationSeconds === undefined
    ? undefined
    : Math.max(0, Math.min(toMs, sound.durationSeconds * 1000) - fromMs);
}

/**
 * Recognises a recording, its channels one after the other.
 *
 * @throws AudioError, Cancelled
 */
export async function recognise(
  task: RecognitionTask,
  { openSound, transcribe }: Workers,
  { onProgress, isCancelled }: Hooks,
): Promise<Recognition> {
  const sound = await openSound(task.path);
  try {
    const channels = task.byChannel ? [...Array(sound.channels).keys()] : ['mix' as const];
    const eachMs = wantedMs(sound, task);
    const totalMs = eachMs === undefined ? undefined : eachMs * channels.length;
    const heard: Speech[] = [];
    let doneMs = 0;
    onProgress({ doneMs, totalMs });
    for (const channel of channels) {
      const beforeMs = doneMs;
      const speech = await transcribe(partOf(sound.samples(channel), task, isCancelled), {
        speakers: task.speakers,
        isCancelled,
        onProgress: (ms) => onProgress({ doneMs: beforeMs + ms, totalMs }),
      });
      if (speech.durationMs < shortestMs) {
        throw new AudioError('tooShort', 'Audio duration is too short.');
      }
      doneMs += speech.durationMs;
      heard.push(shifted(speech, task.fromMs));
    }
    const heardMs = task.fromMs + Math.max(...heard.map((speech) => speech.durationMs));
    return {
      channels: heard,
      // What was heard to its end is known better than by what the file says of itself.
      durationMs:
        task.toMs === undefined || sound.durationSeconds === undefined
          ? heardMs
          : sound.durationSeconds * 1000,
    };
  } finally {
    await sound.close();
  }
}
