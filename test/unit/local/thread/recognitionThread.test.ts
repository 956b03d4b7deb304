import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { RecognisedRecording } from '../../../../src/local/recognition/recognisedSpeech';
import {
  RecognitionError,
  Cancelled,
  type RecognitionProgress,
} from '../../../../src/local/recognition/recogniser';
import { RecognitionThread } from '../../../../src/local/thread/recognitionThread';

describe('The recognition thread', () => {
  let thread: RecognitionThread;
  let workers: Worker[];
  let logged: string;
  let environment: NodeJS.ProcessEnv;
  const stopTimeoutMs = 20;
  let make: (stuckTimeoutMs?: number) => RecognitionThread;

  beforeEach(() => {
    workers = [];
    logged = '';
    environment = {};
    const log = (message: string): void => void (logged += message);
    const startWorker = (): Worker => {
      const worker = new Worker(join(__dirname, 'scriptedWorker.js'), { env: environment });
      workers.push(worker);
      return worker;
    };
    make = (stuckTimeoutMs) =>
      new RecognitionThread(
        startWorker,
        { debug: log, info: log, warn: log, error: log },
        stopTimeoutMs,
        stuckTimeoutMs,
      );
    thread = make();
  });
  afterEach(() => thread.close());

  const recognise = (
    path: string,
    signal = new AbortController().signal,
    onProgress: (progress: RecognitionProgress) => void = () => undefined,
  ) =>
    thread.recognise(
      { path, byChannel: false, speakers: undefined, fromMs: 0, toMs: undefined },
      { signal, onProgress },
    );

  const textOf = ({ channels }: RecognisedRecording): string | undefined => channels[0]?.words[0]?.text;

  it('recognises one recording after another', async () => {
    const progress: number[] = [];
    const recognised = await Promise.all([
      recognise('recognise', undefined, ({ doneMs }) => void progress.push(doneMs)),
      recognise('recognise'),
    ]);
    assert.deepEqual(recognised.map(textOf), ['Hello.', 'Hello.']);
    assert.deepEqual(progress, [0, 500]);
    assert.equal(workers.length, 1);
  });

  it('passes on why it refuses a recording', async () => {
    await assert.rejects(
      recognise('refuse It is a picture.'),
      (thrown) => thrown instanceof RecognitionError && thrown.message === 'It is a picture.',
    );
    assert.equal(textOf(await recognise('recognise')), 'Hello.');
    assert.equal(workers.length, 1);
  });

  it('stops even while it is too busy to receive messages', async () => {
    environment = { WAIT: 'yes' };
    const controller = new AbortController();
    await assert.rejects(
      recognise('recognise', controller.signal, () => controller.abort()),
      Cancelled,
    );
    await assert.rejects(recognise('recognise', AbortSignal.abort()), Cancelled);
    const second = new AbortController();
    await assert.rejects(
      recognise('recognise', second.signal, () => second.abort()),
      Cancelled,
    );
    assert.equal(workers.length, 1, 'the same thread goes on with the next task');
  });

  it('is replaced when it dies, and its task is tried again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'steno-thread-'));
    try {
      assert.equal(textOf(await recognise(`die once ${join(folder, 'mark')}`)), 'Hello.');
    } finally {
      await rm(folder, { recursive: true });
    }
    assert.equal(workers.length, 2);
    assert.match(logged, /The recognition thread died: RangeError: out of memory/);
  });

  it('gives up on a recording after two crashes, and recognises the next one', async () => {
    await assert.rejects(
      recognise('die'),
      (thrown) => thrown instanceof RecognitionError && thrown.message.includes('crashed twice'),
    );
    assert.equal(textOf(await recognise('recognise')), 'Hello.');
    assert.equal(workers.length, 3);
  });

  it('is replaced when it dies between two tasks', async () => {
    thread.prepare();
    thread.prepare();
    assert.equal(workers.length, 1);
    await workers[0]!.terminate();
    assert.equal(textOf(await recognise('recognise')), 'Hello.');
    assert.equal(workers.length, 2);
  });

  it('says for each recording why the models could not be loaded, and tries again for the next one', async () => {
    environment = { LOAD: 'fails' };
    thread.prepare();
    await new Promise((resolve) => workers[0]!.once('exit', resolve));
    await assert.rejects(
      recognise('recognise'),
      (thrown) =>
        thrown instanceof RecognitionError &&
        thrown.message === 'The speech recognizer could not be loaded: no models/encoder.ort',
    );
    assert.equal(workers.length, 2);
    environment = {};
    assert.equal(textOf(await recognise('recognise')), 'Hello.');
  });

  it('is ended when it does not stop, so that the next recording is recognised', async () => {
    const controller = new AbortController();
    const cancelled = recognise('hang', controller.signal);
    await once(workers[0]!, 'message');
    controller.abort();
    await assert.rejects(cancelled, Cancelled);
    assert.equal(textOf(await recognise('recognise')), 'Hello.');
    assert.equal(workers.length, 2);
    assert.match(logged, /did not stop and was ended/);
  });

  it('is ended when it is stuck, and its task is not tried again', async () => {
    // Long enough for a thread to start and to recognise a recording.
    thread = make(2000);
    await assert.rejects(
      recognise('hang'),
      (thrown) => thrown instanceof RecognitionError && thrown.message.includes('stuck'),
    );
    assert.equal(workers.length, 1);
    assert.equal(textOf(await recognise('recognise')), 'Hello.');
    assert.match(logged, /is stuck and was ended/);
  });

  it('is ended when it makes next to no progress', async () => {
    thread = make(2000);
    environment = { WAIT: 'crawl' };
    await assert.rejects(
      recognise('recognise'),
      (thrown) => thrown instanceof RecognitionError && thrown.message.includes('stuck'),
    );
    environment = {};
    assert.equal(textOf(await recognise('recognise')), 'Hello.');
  });
});
