import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  RecognitionError,
  type Recognition,
  type RecognitionProgress,
} from '../../../../src/local/jobs/recogniser';
import { Cancelled } from '../../../../src/local/speech/heard/speech';
import { RecognitionThread } from '../../../../src/local/thread/recognitionThread';

describe('The recognition thread', () => {
  let thread: RecognitionThread;
  let workers: Worker[];
  let logged: string;
  let environment: NodeJS.ProcessEnv;
  const deafMs = 20;
  let make: (stuckMs?: number) => RecognitionThread;

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
    make = (stuckMs) =>
      new RecognitionThread(startWorker, { debug: log, info: log, warn: log, error: log }, deafMs, stuckMs);
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

  const textOf = ({ channels }: Recognition): string | undefined => channels[0]?.words[0]?.text;

  it('hears one recording after the other', async () => {
    const progress: number[] = [];
    const heard = await Promise.all([
      recognise('hear', undefined, ({ doneMs }) => void progress.push(doneMs)),
      recognise('hear'),
    ]);
    assert.deepEqual(heard.map(textOf), ['Heard.', 'Heard.']);
    assert.deepEqual(progress, [0, 500]);
    assert.equal(workers.length, 1);
  });

  it('says what is wrong with a recording', async () => {
    await assert.rejects(
      recognise('refuse It is a picture.'),
      (thrown) => thrown instanceof RecognitionError && thrown.message === 'It is a picture.',
    );
    assert.equal(textOf(await recognise('hear')), 'Heard.');
    assert.equal(workers.length, 1);
  });

  it('stops while it is too busy for messages', async () => {
    environment = { WAIT: 'yes' };
    const controller = new AbortController();
    await assert.rejects(
      recognise('hear', controller.signal, () => controller.abort()),
      Cancelled,
    );
    await assert.rejects(recognise('hear', AbortSignal.abort()), Cancelled);
    const second = new AbortController();
    await assert.rejects(
      recognise('hear', second.signal, () => second.abort()),
      Cancelled,
    );
    assert.equal(workers.length, 1, 'and goes on with the next');
  });

  it('is replaced when it dies, and tries again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'steno-thread-'));
    try {
      assert.equal(textOf(await recognise(`die once ${join(folder, 'mark')}`)), 'Heard.');
    } finally {
      await rm(folder, { recursive: true });
    }
    assert.equal(workers.length, 2);
    assert.match(logged, /The recognition thread died: RangeError: out of memory/);
  });

  it('gives a recording up that it dies of twice, and hears the next', async () => {
    await assert.rejects(
      recognise('die'),
      (thrown) => thrown instanceof RecognitionError && thrown.message.includes('crashed twice'),
    );
    assert.equal(textOf(await recognise('hear')), 'Heard.');
    assert.equal(workers.length, 3);
  });

  it('is replaced when it dies between two jobs', async () => {
    thread.prepare();
    thread.prepare();
    assert.equal(workers.length, 1);
    await workers[0]!.terminate();
    assert.equal(textOf(await recognise('hear')), 'Heard.');
    assert.equal(workers.length, 2);
  });

  it('says why its models cannot be loaded, once for each recording, and tries again with the next', async () => {
    environment = { LOAD: 'fails' };
    thread.prepare();
    await new Promise((resolve) => workers[0]!.once('exit', resolve));
    await assert.rejects(
      recognise('hear'),
      (thrown) =>
        thrown instanceof RecognitionError &&
        thrown.message === 'The speech recogniser could not be loaded: no models/encoder.ort',
    );
    assert.equal(workers.length, 2);
    environment = {};
    assert.equal(textOf(await recognise('hear')), 'Heard.');
  });

  it('is ended when it does not listen, so that the next recording is heard', async () => {
    const controller = new AbortController();
    const deaf = recognise('go deaf', controller.signal);
    await once(workers[0]!, 'message');
    controller.abort();
    await assert.rejects(deaf, Cancelled);
    assert.equal(textOf(await recognise('hear')), 'Heard.');
    assert.equal(workers.length, 2);
    assert.match(logged, /does not stop, and is ended/);
  });

  it('is ended when it is stuck, which is not tried again', async () => {
    // Long enough for a thread to start and hear a recording.
    thread = make(2000);
    await assert.rejects(
      recognise('go deaf'),
      (thrown) => thrown instanceof RecognitionError && thrown.message.includes('stuck'),
    );
    assert.equal(workers.length, 1);
    assert.equal(textOf(await recognise('hear')), 'Heard.');
    assert.match(logged, /is stuck, and is ended/);
  });

  it('is ended when all that it does leads nowhere', async () => {
    thread = make(2000);
    environment = { WAIT: 'crawl' };
    await assert.rejects(
      recognise('hear'),
      (thrown) => thrown instanceof RecognitionError && thrown.message.includes('stuck'),
    );
    environment = {};
    assert.equal(textOf(await recognise('hear')), 'Heard.');
  });
});
