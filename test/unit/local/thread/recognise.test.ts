import assert from 'node:assert/strict';
import type { Sound } from '../../../../src/audio/sound/sound';
import type { RecognitionProgress, RecognitionTask } from '../../../../src/local/jobs/recogniser';
import { Cancelled, type Speech, type SpeechOptions } from '../../../../src/local/speech/heard/speech';
import { recognise } from '../../../../src/local/thread/recognise';

/** Sound of so many seconds, each sample the number of its second; channel 1 has 100 more. */
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

/** Hears the number of each second as a word, and of a cut second as well. */
async function transcribe(samples: AsyncIterable<Float32Array>, options: SpeechOptions): Promise<Speech> {
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

describe('recognise', () => {
  const run = async (sound: FakeSound, more: Partial<RecognitionTask> = {}, isCancelled = () => false) => {
    const progress: RecognitionProgress[] = [];
    const recognition = await recognise(
      { ...task, ...more },
      { openSound: () => Promise.resolve(sound), transcribe },
      { isCancelled, onProgress: (each) => progress.push(each) },
    );
    assert.equal(sound.isClosed, true);
    const heard = recognition.channels.map(({ words }) => words.map(({ text, startMs }) => [text, startMs]));
    return { recognition, heard, progress };
  };

  it('hears the mix', async () => {
    const { heard, recognition, progress } = await run(new FakeSound(2, 2.04));
    assert.deepEqual(heard, [
      [
        ['0', 0],
        ['1', 1000],
      ],
    ]);
    assert.equal(recognition.durationMs, 2000, 'what was heard, whatever the file says of itself');
    assert.deepEqual(progress, [
      { doneMs: 0, totalMs: 2040 },
      { doneMs: 1000, totalMs: 2040 },
      { doneMs: 2000, totalMs: 2040 },
    ]);
  });

  it('hears each channel, and counts them together', async () => {
    const { heard, progress } = await run(new FakeSound(1, 1), { byChannel: true });
    assert.deepEqual(heard, [[['0', 0]], [['100', 0]]]);
    assert.deepEqual(progress.at(-1), { doneMs: 2000, totalMs: 2000 });
  });

  it('hears a part, with the times of the whole, and decodes no more than that', async () => {
    const sound = new FakeSound(10, undefined);
    const part = { fromMs: 1500, toMs: 3250, speakers: { min: 1, max: 1 } };
    const { heard, recognition, progress } = await run(sound, part);
    assert.deepEqual(heard, [
      [
        ['1', 1500],
        ['2', 2000],
        ['3', 3000],
      ],
    ]);
    assert.deepEqual(
      recognition.channels[0]?.utterances?.[0]?.words.map(({ startMs, endMs }) => [startMs, endMs]),
      [
        [1500, 2000],
        [2000, 3000],
        [3000, 3250],
      ],
    );
    assert.equal(sound.decodedSeconds, 4);
    assert.equal(recognition.durationMs, 3250);
    assert.deepEqual(progress.at(-1), { doneMs: 1750, totalMs: undefined });
  });

  it('refuses a part in which there is next to nothing', async () => {
    const sound = new FakeSound(2, 2);
    await assert.rejects(run(sound, { fromMs: 1900 }), { message: 'Audio duration is too short.' });
    assert.equal(sound.isClosed, true);
  });

  it('stops in the middle of what it does not want', async () => {
    const sound = new FakeSound(10, 10);
    await assert.rejects(
      run(sound, { fromMs: 9000 }, () => sound.decodedSeconds > 2),
      Cancelled,
    );
    assert.equal(sound.decodedSeconds, 3);
    assert.equal(sound.isClosed, true);
  });
});
