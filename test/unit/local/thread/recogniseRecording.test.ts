import assert from 'node:assert/strict';
import type { Sound } from '../../../../src/audio/sound/sound';
import type { RecognisedChannel } from '../../../../src/local/recognition/recognisedSpeech';
import {
  Cancelled,
  type RecognitionProgress,
  type RecognitionTask,
} from '../../../../src/local/recognition/recogniser';
import type { TranscriptionOptions } from '../../../../src/local/speech/transcription';
import { recogniseRecording } from '../../../../src/local/thread/recogniseRecording';

/** A sound in which each sample is the number of its second; in channel 1, plus 100. */
class FakeSound implements Sound {
  isClosed = false;
  decodedSeconds = 0;

  constructor(
    private readonly seconds: number,
    readonly durationSeconds: number | undefined,
    readonly channels = 2,
  ) {}

  async *samples(channel: number | 'mix'): AsyncGenerator<Float32Array> {
    for (let second = 0; second < this.seconds; second++) {
      this.decodedSeconds += 1;
      yield await Promise.resolve(new Float32Array(16_000).fill(second + (channel === 1 ? 100 : 0)));
    }
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

/** Recognises each block as one word: the value of its first sample. */
async function transcribe(
  samples: AsyncIterable<Float32Array>,
  options: TranscriptionOptions,
): Promise<RecognisedChannel> {
  const words = [];
  let count = 0;
  for await (const block of samples) {
    words.push({
      text: String(block[0]),
      startMs: count / 16,
      endMs: (count + block.length) / 16,
      confidence: 1,
    });
    count += block.length;
    options.onProgress(count / 16);
  }
  const utterances = options.speakers && [{ speaker: 0, words }];
  return { words, utterances, durationMs: count / 16, englishConfidence: 1 };
}

const task: RecognitionTask = {
  path: 'x',
  byChannel: false,
  speakers: undefined,
  fromMs: 0,
  toMs: undefined,
};

describe('recogniseRecording', () => {
  const run = async (sound: FakeSound, more: Partial<RecognitionTask> = {}, isCancelled = () => false) => {
    const progress: RecognitionProgress[] = [];
    const recording = await recogniseRecording(
      { ...task, ...more },
      { openSound: () => Promise.resolve(sound), transcribe },
      { isCancelled, onProgress: (each) => progress.push(each) },
    );
    assert.equal(sound.isClosed, true);
    const words = recording.channels.map((each) => each.words.map(({ text, startMs }) => [text, startMs]));
    return { recording, words, progress };
  };

  it('recognises the mix', async () => {
    const { words, recording, progress } = await run(new FakeSound(2, 2.04));
    assert.deepEqual(words, [
      [
        ['0', 0],
        ['1', 1000],
      ],
    ]);
    assert.equal(recording.durationMs, 2000, 'the real length, whatever the container says');
    assert.deepEqual(progress, [
      { doneMs: 0, totalMs: 2040 },
      { doneMs: 1000, totalMs: 2040 },
      { doneMs: 2000, totalMs: 2040 },
    ]);
  });

  it('recognises each channel, and sums up their progress', async () => {
    const { words, progress } = await run(new FakeSound(1, 1), { byChannel: true });
    assert.deepEqual(words, [[['0', 0]], [['100', 0]]]);
    assert.deepEqual(progress.at(-1), { doneMs: 2000, totalMs: 2000 });
  });

  it('recognises a part with times of the whole recording, and stops decoding at its end', async () => {
    const sound = new FakeSound(10, undefined);
    const part = { fromMs: 1500, toMs: 3250, speakers: { min: 1, max: 1 } };
    const { words, recording, progress } = await run(sound, part);
    assert.deepEqual(words, [
      [
        ['1', 1500],
        ['2', 2000],
        ['3', 3000],
      ],
    ]);
    assert.deepEqual(
      recording.channels[0]?.utterances?.[0]?.words.map(({ startMs, endMs }) => [startMs, endMs]),
      [
        [1500, 2000],
        [2000, 3000],
        [3000, 3250],
      ],
    );
    assert.equal(sound.decodedSeconds, 4);
    assert.equal(recording.durationMs, 3250);
    assert.deepEqual(progress.at(-1), { doneMs: 1750, totalMs: undefined });
  });

  it('refuses a part that is too short', async () => {
    const sound = new FakeSound(2, 2);
    await assert.rejects(run(sound, { fromMs: 1900 }), { message: 'Audio duration is too short.' });
    assert.equal(sound.isClosed, true);
  });

  it('stops while it skips to the part', async () => {
    const sound = new FakeSound(10, 10);
    await assert.rejects(
      run(sound, { fromMs: 9000 }, () => sound.decodedSeconds > 2),
      Cancelled,
    );
    assert.equal(sound.decodedSeconds, 3);
    assert.equal(sound.isClosed, true);
  });
});
