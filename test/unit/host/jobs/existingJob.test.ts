import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/failures/failure';
import { jobIdentity, type Halt, type Job, type Phase } from '../../../../src/core/jobs/job';
import { defaultInstructions, type Instructions } from '../../../../src/core/request/request';
import { chosenAgain, findJobOf, outdatedJobs } from '../../../../src/host/jobs/existingJob';
import { aJob, offline, phases, stages } from '../../../support/jobEntries';

const paidFor: readonly Phase[] = ['submitting', 'submitted', 'transcribed', 'saved', 'done'];
const detached: Halt = { reason: 'detached' };
const sensitive: Instructions = {
  options: { redact_pii: true, redact_pii_policies: ['person_name'] },
  deleteAfterwards: true,
};

describe('The job of a recording', () => {
  it('is found however the name of the recording is composed', async () => {
    const [composed, decomposed] = ['NFC', 'NFD'].map((form) => {
      const name = 'é.mp3'.normalize(form);
      return { path: `/talks/${name}`, name, sizeBytes: 5, modifiedMs: 6 };
    }) as [Job['recording'], Job['recording']];
    const job = aJob({ recording: decomposed });
    const found = await findJobOf(composed, job.service, [job], new AbortController().signal);
    assert.equal(found, job);
    assert.equal(jobIdentity(composed, job.service), jobIdentity(decomposed, job.service));
  });
});

describe('chosenAgain', () => {
  const fresh = aJob({
    recording: { path: '/moved/standup.mp3', name: 'standup.mp3', sizeBytes: 35_200_000, modifiedMs: 600 },
    notePath: '/moved/standup.md',
    batch: 'batch-1',
    force: true,
    chosenMs: 9000,
  });

  it('goes on where the job was, with what was chosen now', () => {
    for (const phase of phases) {
      const known = aJob({ stage: stages[phase], halt: offline });
      const { recording, notePath, batch, force, chosenMs } = fresh;
      assert.deepEqual(chosenAgain(known, fresh), { ...known, recording, notePath, batch, force, chosenMs });
    }
  });

  it('takes other options for a job that the service does not have', () => {
    for (const phase of phases.filter((each) => !paidFor.includes(each))) {
      const known = aJob({ stage: stages[phase], halt: offline });
      const chosen = { ...fresh, instructions: sensitive };
      assert.deepEqual(chosenAgain(known, chosen).instructions, sensitive);
    }
  });

  it('refuses other options for a job that the service has, or may have', () => {
    for (const phase of paidFor) {
      const known = aJob({ stage: stages[phase], halt: detached });
      assert.throws(
        () => chosenAgain(known, { ...fresh, instructions: sensitive }),
        (thrown) => thrown instanceof Failure && thrown.kind === 'askedOtherwise',
      );
    }
  });

  it('accepts what the service has when no options were chosen, and still deletes it if that was wanted', () => {
    for (const phase of paidFor) {
      const known = aJob({ stage: stages[phase], halt: detached, instructions: sensitive });
      assert.deepEqual(chosenAgain(known, fresh).instructions, sensitive);
      const plain = aJob({ stage: stages[phase], halt: detached });
      const deleted = chosenAgain(plain, {
        ...fresh,
        instructions: { ...defaultInstructions, deleteAfterwards: true },
      });
      assert.deepEqual(deleted.instructions, { ...defaultInstructions, deleteAfterwards: true });
    }
  });
});

describe('outdatedJobs', () => {
  const { recording } = aJob();
  const failed = (phase: Phase, changes: Partial<Job> = {}): Job =>
    aJob({ id: phase, stage: stages[phase], halt: offline, ...changes });

  it('are the failed jobs at the same path that are not paid for', () => {
    const outdated = outdatedJobs(
      recording,
      undefined,
      phases.map((phase) => failed(phase)),
    );
    assert.deepEqual(
      outdated.map(({ id }) => id),
      ['waiting', 'uploading', 'uploaded'],
    );
  });

  it('are not the job of the recording itself, nor jobs that did not fail, nor jobs elsewhere', () => {
    const same = failed('uploading');
    const others = [
      failed('waiting', { halt: null }),
      failed('uploaded', { recording: { ...recording, path: '/talks/other.mp3' } }),
    ];
    assert.deepEqual(outdatedJobs(recording, same, [same, ...others]), []);
  });
});
