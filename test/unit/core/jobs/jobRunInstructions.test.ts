import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/failures/failure';
import { defaultOptions } from '../../../../src/core/request/request';
import { completed, JobBench, recording, upload } from './jobBench';

const onWeb = { ...recording, sizeBytes: 0, modifiedMs: 0, url: 'https://example.test/talk.mp3' };

describe('What a job asks for', () => {
  it('is what was chosen, and nothing else', async () => {
    const options = { speech_models: ['universal-2'], disfluencies: true };
    const instructions = { options, deleteAfterwards: false };
    const bench = new JobBench(completed).begunAt({ phase: 'waiting' }, { instructions });
    await bench.run();
    assert.deepEqual(bench.api.submitted, [{ audio_url: 'upload-1', ...options }]);
  });

  it('is the default where nothing was chosen', async () => {
    const bench = new JobBench(completed);
    await bench.run();
    assert.deepEqual(bench.api.submitted, [{ audio_url: 'upload-1', ...defaultOptions }]);
  });

  it('is refused before anything is sent where the service would refuse it', async () => {
    const instructions = { options: { redact_pii: true }, deleteAfterwards: false };
    const bench = new JobBench(completed).begunAt({ phase: 'waiting' }, { instructions });
    const failure = await bench.fails('optionsRefused');
    assert.match(failure.message, /polic/);
    assert.equal(failure.subject, 'talk.mp3');
    assert.deepEqual(bench.requests, []);
    assert.equal(bench.services, 0);
  });

  it('costs nothing where there is a transcript already, even with refused options', async () => {
    const instructions = { options: { redact_pii: true }, deleteAfterwards: false };
    const bench = new JobBench(completed).begunAt({ phase: 'waiting' }, { instructions });
    bench.files.finished = { body: { id: 'there', ...completed }, sha256: 'abc' };
    assert.equal((await bench.run()).stage.transcriptId, 'there');
  });

  it('deletes nothing at a service that was not asked', async () => {
    const instructions = { options: defaultOptions, deleteAfterwards: true };
    const bench = new JobBench(completed).begunAt({ phase: 'waiting' }, { instructions });
    bench.files.finished = { body: { id: 'there', ...completed }, sha256: 'abc' };
    assert.equal((await bench.run()).instructions.deleteAfterwards, false);
  });

  it('gets its secret part only when it is sent', async () => {
    const options = { webhook_url: 'https://example.test/hook', webhook_auth_header_name: 'X-Key' };
    const instructions = { options, deleteAfterwards: false };
    const bench = new JobBench(completed).begunAt({ phase: 'waiting' }, { instructions });
    bench.withSecrets = (given) => Promise.resolve({ ...given, webhook_auth_header_value: 'secret' });
    const done = await bench.run();
    assert.equal(bench.api.submitted[0]?.['webhook_auth_header_value'], 'secret');
    assert.doesNotMatch(JSON.stringify(done), /secret/);
  });

  it('is not sent without its secret part, nor is the recording', async () => {
    const bench = new JobBench(completed);
    bench.withSecrets = () => Promise.reject(new Failure('webhookSecretMissing', 'None is stored'));
    await bench.fails('webhookSecretMissing');
    assert.deepEqual(bench.requests, []);
  });

  it('is checked against the payload before that is sent', async () => {
    const bench = new JobBench(completed).begunAt({ phase: 'waiting' }, { durationSeconds: 11 * 3600 });
    const failure = await bench.fails('recordingRefused');
    assert.match(failure.message, /10 hours/);
    assert.deepEqual(bench.requests, []);
    assert.equal(bench.calls.at(-1), 'dispose');

    const sound = { ...recording, sizeBytes: 40e6 };
    const video = { ...recording, sizeBytes: 3e9 };
    const small = new JobBench(completed).begunAt({ phase: 'waiting' }, { recording: video });
    small.files.payload = { file: sound };
    assert.equal((await small.run()).stage.phase, 'done');
  });

  it('is not checked on this machine, where recordings may be of any length', async () => {
    const bench = new JobBench(completed).workHere();
    bench.begunAt({ phase: 'waiting' }, { durationSeconds: 11 * 3600 });
    assert.equal((await bench.run()).stage.phase, 'done');
  });

  it('is not done before the follow-up is written down', async () => {
    const bench = new JobBench(completed);
    bench.beforeDone = () => Promise.reject(new Failure('journalUnwritable', 'ENOSPC'));
    await bench.fails('journalUnwritable');
    assert.equal(bench.current.stage.phase, 'saved');
    bench.beforeDone = () => Promise.resolve();
    assert.equal((await bench.run()).stage.phase, 'done');
  });

  it('gives the warnings of the service, once the note is written', async () => {
    const bench = new JobBench({ ...completed, metadata: { warnings: [{ message: 'No such model.' }] } });
    await bench.run();
    assert.deepEqual(bench.warnings, ['No such model.']);
  });
});

describe('A recording on the web', () => {
  const begun = (...answers: ConstructorParameters<typeof JobBench>): JobBench =>
    new JobBench(...answers).begunAt({ phase: 'waiting' }, { recording: onWeb, force: true });

  it('is fetched by the service, and neither read nor uploaded here', async () => {
    const bench = begun(completed);
    const { stage } = await bench.run();
    assert.equal(stage.phase, 'done');
    assert.deepEqual(bench.requests, ['submit https://example.test/talk.mp3', 'get job-1']);
    assert.ok(!bench.calls.includes('makePayload'));
  });

  it('is submitted even if it was chosen long ago', async () => {
    const old = { ...upload, url: onWeb.url, sha256: null, uploadedMs: 0 };
    const bench = new JobBench(completed).begunAt({ phase: 'uploaded', upload: old }, { recording: onWeb });
    await bench.clock.sleep(30 * 60 * 60 * 1000, bench.controller.signal);
    await bench.run();
    assert.equal(bench.requests[0], 'submit https://example.test/talk.mp3');
  });

  for (const error of [
    'Download error, unable to download https://example.test/talk.mp3. Please make sure the file exists and is accessible from the internet.',
    'File does not appear to contain audio. File type is text/html (HTML document).',
  ]) {
    it(`fails for good, by its address, with “${error.slice(0, 40)}…”`, async () => {
      const bench = begun({ status: 'error', error });
      const failure = await bench.fails('noRecordingAtUrl');
      assert.equal(failure.subject, onWeb.url);
      assert.equal(failure.transcriptId, 'job-1');
      assert.equal(bench.requests.filter((request) => request.startsWith('submit')).length, 1);
    });
  }
});
