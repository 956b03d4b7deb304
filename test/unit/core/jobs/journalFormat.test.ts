import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isIn, type Job } from '../../../../src/core/jobs/job';
import { isOfLaterVersion, parseJob, renderJob } from '../../../../src/core/jobs/journalFormat';
import { anyJob } from './jobArbitrary';
import { defaultInstructions } from '../../../../src/core/request/request';

const job: Job = {
  id: '0123456789abcdef0123456789abcdef',
  service: 'https://api.assemblyai.com',
  recording: { path: '/talks/talk.mp3', name: 'talk.mp3', sizeBytes: 5, modifiedMs: -7.5 },
  durationSeconds: null,
  notePath: '/talks/talk.transcript.md',
  instructions: { options: { speaker_labels: true, prompt: 'About ships.' }, deleteAfterwards: true },
  force: false,
  batch: null,
  chosenMs: 1,
  changedMs: 2,
  stage: {
    phase: 'submitted',
    upload: { url: 'https://cdn/1', sha256: 'ab'.repeat(32), uploadedMs: 3 },
    sinceMs: 4,
    transcriptId: 'id-1',
  },
  halt: null,
};

/** The text of the job with another value at a path. */
function changed(path: string, value: unknown): string {
  const entry = JSON.parse(renderJob(job, 'window')) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const place = keys.reduce((at, key) => at[key] as Record<string, unknown>, entry);
  place[last] = value;
  return JSON.stringify(entry);
}

describe('the text of a job', () => {
  it('reads as the same job', () => {
    fc.assert(
      fc.property(anyJob, fc.string({ minLength: 1 }), (any, owner) => {
        assert.deepEqual(parseJob(renderJob(any, owner)), { job: any, owner });
      }),
    );
  });

  it('reads as no job when it is cut off, or ends in the NULs of a power cut', () => {
    fc.assert(
      fc.property(anyJob, fc.nat(), fc.boolean(), (any, cut, withNuls) => {
        const text = renderJob(any, 'window').trimEnd();
        const rest = text.slice(0, cut % text.length);
        assert.equal(parseJob(withNuls ? rest.padEnd(text.length, '\0') : rest), undefined);
      }),
    );
  });

  it('reads as no job when a block of it got lost', () => {
    fc.assert(
      fc.property(anyJob, fc.nat(), fc.integer({ min: 1, max: 512 }), (any, from, length) => {
        const text = renderJob(any, 'window').trimEnd();
        const start = from % text.length;
        const end = Math.min(start + length, text.length);
        const holed = text.slice(0, start) + '\0'.repeat(end - start) + text.slice(end);
        assert.equal(parseJob(holed), undefined);
      }),
    );
  });

  for (const [path, values] of Object.entries({
    version: [0, 3, '2', undefined],
    owner: ['', 7],
    'job.id': ['../../secret', 'ab', job.id.toUpperCase()],
    'job.service': ['', null],
    'job.recording': [null, 'talk.mp3'],
    'job.recording.path': ['', undefined],
    'job.recording.sizeBytes': [-1, '5', null],
    'job.recording.modifiedMs': [null, '1'],
    'job.durationSeconds': [-1, 'long', undefined],
    'job.recording.url': [null, 'talk.mp3', 'file:///talks/talk.mp3'],
    'job.instructions': [null, undefined, true],
    'job.instructions.options': [null, [], 'all'],
    'job.instructions.deleteAfterwards': [0, undefined],
    'job.again': [0, undefined],
    'job.batch': [7, undefined],
    'job.chosenMs': [-1],
    'job.changedMs': [null],
    'job.stage.phase': ['lost', undefined],
    'job.stage.transcriptId': ['../1', '', undefined],
    'job.stage.upload.sha256': ['AB'.repeat(32), 'ab'],
    'job.stage.upload.url': [''],
    'job.stage.upload': [null],
    'job.stage.sinceMs': [null, -4],
    'job.halt': [undefined, true, { reason: 'bored' }, { reason: 'failed' }],
  })) {
    it(`needs a right ${path}`, () => {
      for (const value of values) {
        assert.equal(parseJob(changed(path, value)), undefined, JSON.stringify(value));
      }
    });
  }

  it('asks for the default if the first version of Steno wrote it, which had no other options', () => {
    assert.deepEqual(parseJob(changed('version', 1))?.job, { ...job, instructions: defaultInstructions });
  });

  it('may have fields that this version does not know', () => {
    assert.deepEqual(parseJob(changed('job.stage.colour', 'green')), { job, owner: 'window' });
  });

  it('has an unexpected failure in place of one that this version does not know', () => {
    const failure = { kind: 'toString', message: 'Too hot', status: 'high', host: 7 };
    const halt = parseJob(changed('job.halt', { reason: 'failed', failure }))?.job.halt;
    assert.ok(halt?.reason === 'failed');
    assert.deepEqual(
      [halt.failure.kind, halt.failure.message, halt.failure.status, halt.failure.host],
      ['unexpected', 'Too hot', undefined, undefined],
    );
  });

  it('is known as that of a later version, and no other text is', () => {
    assert.ok(isOfLaterVersion(changed('version', 3)));
    for (const text of [renderJob(job, 'window'), changed('version', '3'), '', '{"version":3', 'null']) {
      assert.ok(!isOfLaterVersion(text));
    }
  });

  it('covers every stage in these tests', () => {
    const phases = new Set(fc.sample(anyJob, { numRuns: 300, seed: 1 }).map(({ stage }) => stage.phase));
    assert.equal(phases.size, 8);
    assert.ok(isIn(job, 'submitted'));
  });
});
