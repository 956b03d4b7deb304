import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Failure } from '../../../../src/core/failures/failure';
import {
  advanced,
  failureOf,
  halted,
  hasTranscript,
  isIn,
  isUsable,
  jobIdentity,
  keptFailure,
  mayRunAtService,
  transitions,
  type Phase,
  type Stage,
} from '../../../../src/core/jobs/job';
import { anyJob } from './jobArbitrary';
import { jobAt, recording, submitted, submitting, upload } from './jobBench';

const stages: { readonly [P in Phase]: Extract<Stage, { readonly phase: P }> } = {
  waiting: { phase: 'waiting' },
  uploading: { phase: 'uploading' },
  uploaded: { phase: 'uploaded', upload },
  submitting,
  submitted,
  transcribed: { phase: 'transcribed', transcriptId: 'old', sha256: 'abc' },
  saved: { phase: 'saved', transcriptId: 'old', sha256: 'abc', hasSidecar: true },
  done: { phase: 'done', transcriptId: 'old', hasSidecar: true, note: '/n.md' },
};
const phases = Object.keys(stages) as Phase[];

/** Every step that is allowed. Any other would lose something, or pay twice. */
const steps: readonly (readonly [Phase, Phase])[] = [
  ['waiting', 'uploading'],
  ['waiting', 'uploaded'],
  ['waiting', 'transcribed'],
  ['uploading', 'uploaded'],
  ['uploaded', 'submitting'],
  ['uploaded', 'uploading'],
  ['submitting', 'submitted'],
  ['submitting', 'uploaded'],
  ['submitted', 'transcribed'],
  ['submitted', 'uploaded'],
  ['submitted', 'uploading'],
  ['submitted', 'waiting'],
  ['transcribed', 'saved'],
  ['saved', 'done'],
];

describe('The stages of a job', () => {
  for (const from of phases) {
    for (const to of phases) {
      const isStep = steps.some(([one, other]) => one === from && other === to);
      it(`${isStep ? 'lead' : 'do not lead'} from ${from} to ${to}`, () => {
        const job = jobAt(stages[from]);
        if (isStep) {
          assert.deepEqual(advanced(job, stages[to], 7), { ...job, stage: stages[to], changedMs: 7 });
        } else {
          assert.throws(() => advanced(job, stages[to], 7), new RegExp(`is ${from} cannot become ${to}`));
        }
      });
    }
  }

  it('all lead to the end, and none to itself', () => {
    const reached = new Set<Phase>(['waiting']);
    reached.forEach((phase) => transitions[phase].forEach((next) => reached.add(next)));
    assert.deepEqual([...reached].toSorted(), phases.toSorted());
    assert.ok(phases.every((phase) => phase === 'done' || transitions[phase].length > 0));
    assert.ok(phases.every((phase) => !transitions[phase].includes(phase)));
  });

  it('never lead back to the service once the transcript is kept', () => {
    const after = new Set<Phase>(['transcribed']);
    after.forEach((phase) => transitions[phase].forEach((next) => after.add(next)));
    assert.deepEqual([...after], ['transcribed', 'saved', 'done']);
  });

  it('are told apart', () => {
    for (const phase of phases) {
      const job = jobAt(stages[phase]);
      assert.deepEqual(
        phases.filter((each) => isIn(job, each)),
        [phase],
      );
    }
  });

  it('tell whether the service may be at work', () => {
    assert.deepEqual(
      phases.filter((phase) => mayRunAtService({ stage: stages[phase] })),
      ['submitting', 'submitted'],
    );
  });

  it('tell whether there is a transcript', () => {
    assert.deepEqual(
      phases.filter((phase) => hasTranscript({ stage: stages[phase] })),
      ['transcribed', 'saved', 'done'],
    );
  });
});

describe('A job', () => {
  it('keeps its stage when it halts', () => {
    fc.assert(
      fc.property(anyJob, (job) => {
        const detached = halted(job, { reason: 'detached' }, 7);
        assert.deepEqual(detached, { ...job, halt: { reason: 'detached' }, changedMs: 7 });
      }),
    );
  });

  it('is identified by its file and its service', () => {
    const here = jobIdentity(recording, 'https://one.test');
    assert.equal(jobIdentity({ ...recording, name: 'Talk' }, 'https://one.test'), here);
    const others = [{ path: '/talks/other.mp3' }, { sizeBytes: 1001 }, { modifiedMs: 6 }].map((other) =>
      jobIdentity({ ...recording, ...other }, 'https://one.test'),
    );
    const all = new Set([here, jobIdentity(recording, 'https://two.test'), ...others]);
    assert.equal(all.size, 5);
  });

  it('can use its upload for 20 hours', () => {
    const hour = 60 * 60 * 1000;
    assert.ok(isUsable(upload, upload.uploadedMs + 20 * hour));
    assert.ok(!isUsable(upload, upload.uploadedMs + 20 * hour + 1));
    assert.ok(isUsable(upload, upload.uploadedMs - hour), 'where the clock was set back');
  });
});

describe('A failure that is written down', () => {
  it('comes back as it was, except for what is only for the log', () => {
    const facts = {
      status: 429,
      retryAfterMs: 5,
      transcriptId: 'job-1',
      code: 'E',
      subject: 'talk.mp3',
      host: 'api.example.test',
      keptAt: '/kept',
    };
    const failure = new Failure('rateLimited', 'Too many', { ...facts, body: 'text', cause: 'c' });
    const kept = keptFailure(failure);
    assert.deepEqual(kept, { kind: 'rateLimited', message: 'Too many', ...facts });
    const back = failureOf(kept);
    assert.deepEqual(keptFailure(back), kept);
    assert.deepEqual([back.body, back.cause], [undefined, undefined]);
  });
});
