import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/failures/failure';
import { defaultInstructions, type Instructions } from '../../../../src/core/request/request';
import type { OrderedJob } from '../../../../src/host/jobs/jobs';
import { JobsStage, outcomesOf, wordsOf, type JobsWindow } from './jobsStage';
import type { Recording } from '../../../../src/core/ports';

const sensitive: Instructions = {
  options: { ...defaultInstructions.options, redact_pii: true, redact_pii_policies: ['person_name'] },
  deleteAfterwards: true,
};

let stage: JobsStage;
let mine: JobsWindow;

beforeEach(() => {
  stage = new JobsStage();
  mine = stage.window();
});

afterEach(() => stage.remove());

/** Orders a recording with the options of *Sensitive*. */
function orderSensitive(recording: Recording, window = mine): Promise<readonly OrderedJob[]> {
  const order = {
    service: stage.service.origin,
    recording,
    notePath: `${recording.path}.md`,
    instructions: sensitive,
    durationSeconds: null,
    force: true,
    batch: null,
  };
  return window.jobs.order([order], () => undefined);
}

/** A job that failed on its way to the service, with the usual options. */
async function failed(): Promise<Recording> {
  const recording = await stage.recording('talk.mp3');
  stage.service.refusal = new Failure('certificate', 'Not trusted');
  assert.deepEqual(wordsOf(await mine.transcribe([recording])), ['certificate']);
  stage.service.refusal = undefined;
  return recording;
}

describe('A job that is chosen again', () => {
  it('goes on as it was chosen last, even where the window ends before the service has it', async () => {
    const recording = await failed();
    stage.service.hold('upload');
    await orderSensitive(recording);
    await stage.called('upload', 2);
    mine.kill();
    mine.jobs.dispose();
    const other = stage.window();
    await other.jobs.maintain();
    await stage.called('upload', 3);
    const [entry] = other.jobs.entries;
    assert.deepEqual(entry?.job.instructions, sensitive);
    assert.equal(entry.job.force, true);
  });

  it('rests as it was where the service has it with other options', async () => {
    const recording = await stage.recording('talk.mp3');
    stage.service.hold('get');
    const begun = await mine.order([recording]);
    await stage.called('get');
    await mine.jobs.cancel(mine.jobs.entries.map(({ job }) => job.id));
    assert.deepEqual(wordsOf(await outcomesOf(begun)), ['cancelled']);
    assert.deepEqual(wordsOf(await outcomesOf(await orderSensitive(recording))), ['askedOtherwise']);
    await mine.jobs.maintain();
    const [entry] = mine.jobs.entries;
    assert.deepEqual([entry?.owner, entry?.job.halt], ['none', { reason: 'detached' }]);
    assert.equal(stage.service.count('get'), 1);
  });
});
