import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { Failure } from '../../../../src/core/failures/failure';
import type { Job, Stage } from '../../../../src/core/jobs/job';
import { renderJob } from '../../../../src/core/jobs/journalFormat';
import { seededRandom } from '../../../support/seededRandom';
import { body, fails, JournalStage, nameOf } from './journalStage';
import { jobNumber } from '../jobs/someJobs';

const upload = { url: 'https://cdn/1', sha256: 'ab'.repeat(32), uploadedMs: 3 };
const submitted: Stage = { phase: 'submitted', upload, sinceMs: 4, transcriptId: 'id-1' };

let stage: JournalStage;

beforeEach(() => {
  stage = new JournalStage();
});

afterEach(() => stage.remove());

describe('Journal', () => {
  const job = jobNumber(1);

  it('keeps a job that another window then sees, with its owner', async () => {
    const [mine, theirs] = [stage.journalOf('mine'), stage.journalOf('theirs')];
    assert.deepEqual((await mine.list()).open, []);
    assert.equal(await mine.create(job), true);
    assert.deepEqual((await theirs.list()).open, [{ job, owner: 'mine' }]);
    const next = { ...job, stage: submitted, changedMs: 9 };
    await mine.write(next);
    assert.deepEqual((await theirs.list()).open, [{ job: next, owner: 'mine' }]);
    assert.deepEqual(stage.openFiles, [nameOf(job)]);
  });

  it('creates a job once, and registers the window before that', async () => {
    const [mine, theirs] = [stage.journalOf('mine'), stage.journalOf('theirs')];
    const created = await Promise.all([mine.create(job), theirs.create(job), mine.create(job)]);
    assert.equal(created.filter(Boolean).length, 1);
    assert.ok(stage.has(created[1] ? 'windows/theirs.json' : 'windows/mine.json'));
    assert.equal(await mine.create(job), false);
    assert.deepEqual(stage.openFiles, [nameOf(job)]);
  });

  it('lets no window write a job of another one', async () => {
    const [mine, theirs] = [stage.journalOf('mine'), stage.journalOf('theirs')];
    await mine.create(job);
    await assert.rejects(theirs.write(job), fails('takenOver'));
    await assert.rejects(theirs.ensureOwn(job.id), fails('takenOver'));
    await assert.rejects(theirs.finish(stage.done(job)), fails('takenOver'));
    await mine.ensureOwn(job.id);
    assert.deepEqual((await mine.list()).open, [{ job, owner: 'mine' }]);
  });

  it('leaves a job alone that this window or another one works on', async () => {
    const [mine, theirs] = [stage.journalOf('mine'), stage.journalOf('theirs')];
    await mine.create(job);
    assert.equal(await theirs.claim(job.id), undefined);
    assert.equal(await mine.claim(job.id), undefined);
    assert.equal(await mine.claim(jobNumber(2).id), undefined);
    await mine.ensureOwn(job.id);
  });

  it('gives the job of a window that is gone to another one, which goes on where it was', async () => {
    const [mine, theirs] = [stage.journalOf('mine'), stage.journalOf('theirs')];
    await mine.create(job);
    const next = { ...job, stage: submitted };
    await mine.write(next);
    stage.gone.add('mine');
    assert.deepEqual(await theirs.claim(job.id), next);
    assert.deepEqual(stage.openFiles, [nameOf(job, 2)]);
    assert.deepEqual((await mine.list()).open, [{ job: next, owner: 'theirs' }]);
    await theirs.write({ ...next, changedMs: 10 });
    for (const late of [mine.write(job), mine.ensureOwn(job.id), mine.finish(stage.done(job))]) {
      await assert.rejects(late, fails('takenOver'));
    }
    assert.deepEqual((await mine.list()).open, [{ job: { ...next, changedMs: 10 }, owner: 'theirs' }]);
    assert.deepEqual(stage.openFiles, [nameOf(job, 2)]);
  });

  it('gives a halted job to the window that claims it first, and lifts its halt', async () => {
    const [mine, theirs] = [stage.journalOf('mine'), stage.journalOf('theirs')];
    await mine.create(job);
    await mine.write({ ...job, halt: { reason: 'detached' } });
    const claims = await Promise.all([mine.claim(job.id), theirs.claim(job.id), mine.claim(job.id)]);
    const won = claims.filter((claimed) => claimed !== undefined);
    assert.deepEqual(won, [job]);
    const owner = claims[1] === undefined ? 'mine' : 'theirs';
    assert.deepEqual((await mine.list()).open, [{ job, owner }]);
  });

  it('leaves a job alone that was halted just before it was to go on by itself', async () => {
    const mine = stage.journalOf('mine');
    const detached: Job = { ...job, halt: { reason: 'detached' } };
    await mine.create(job);
    stage.gone.add('mine');
    let readsLeft = 2;
    const theirs = stage.journalOf('theirs', () => {
      // The id is read first to see that the job is another window's, and then to claim it.
      if (--readsLeft === 0) {
        stage.put(nameOf(job), renderJob(detached, 'mine'));
      }
    });
    for (let tries = 0; tries < 2; tries++) {
      assert.equal(await theirs.claimUnfinished(job.id), undefined);
      assert.deepEqual(
        (await theirs.list()).open.map((entry) => entry.job),
        [detached],
      );
      await assert.rejects(theirs.ensureOwn(job.id), fails('takenOver'));
    }
    assert.ok(readsLeft < 0);
    assert.deepEqual(await theirs.claim(job.id), job);
    theirs.release(job.id);
    assert.deepEqual(await theirs.claimUnfinished(job.id), job, 'Work on it did not begin');
  });

  it('claims its own job again when the halt could not be written down', async () => {
    const mine = stage.journalOf('mine');
    await mine.create(job);
    rmSync(stage.folder, { recursive: true });
    writeFileSync(stage.folder, 'no folder');
    await assert.rejects(mine.write({ ...job, halt: { reason: 'detached' } }), Failure);
    rmSync(stage.folder);
    stage.put(nameOf(job), renderJob(job, 'mine'));
    assert.deepEqual(await mine.claim(job.id), job);
  });

  it('does not take a job for its own that another window has forgotten and begun anew', async () => {
    const [mine, theirs] = [stage.journalOf('mine'), stage.journalOf('theirs')];
    await mine.create(job);
    await theirs.forget(job.id);
    await assert.rejects(mine.ensureOwn(job.id), fails('takenOver'));
    await theirs.create(job);
    await assert.rejects(mine.write({ ...job, changedMs: 8 }), fails('takenOver'));
    assert.deepEqual((await mine.list()).open, [{ job, owner: 'theirs' }]);
  });

  it('either sees the last write of a window that counts as gone, or makes that write fail', async () => {
    const random = seededRandom(3);
    const turns = async (): Promise<void> => {
      for (let left = Math.floor(random() * 60); left > 0; left--) {
        await new Promise(setImmediate);
      }
    };
    for (let number = 0; number < 150; number++) {
      const [slow, quick] = [stage.journalOf('slow'), stage.journalOf('quick')];
      const one = jobNumber(number);
      await slow.create(one);
      stage.gone.add('slow');
      const writing = async (): Promise<boolean> => {
        await turns();
        return slow.write({ ...one, stage: submitted }).then(
          () => true,
          (thrown: unknown) => !fails('takenOver')(thrown) && assert.fail(String(thrown)),
        );
      };
      const claiming = async (): Promise<Job | undefined> => {
        await turns();
        return quick.claim(one.id);
      };
      const [isWritten, claimed] = await Promise.all([writing(), claiming()]);
      assert.equal((await quick.list()).open.find(({ job: { id } }) => id === one.id)?.owner, 'quick');
      await quick.ensureOwn(one.id);
      assert.ok(claimed !== undefined && (!isWritten || claimed.stage.phase === 'submitted'));
      await quick.finish(stage.done(one));
    }
    assert.deepEqual((await stage.journalOf('other').list()).open, []);
    assert.deepEqual(stage.openFiles, []);
  });

  it('fails to write when the job is claimed or done at the last moment', async () => {
    for (const [number, rival] of [nameOf(jobNumber(0), 2), `done/${jobNumber(1).id}.json`].entries()) {
      const one = jobNumber(number);
      let readsLeft = Infinity;
      const mine = stage.journalOf('mine', () => {
        // The id is read first to see that the record is this window's, and then to write the next one.
        if (--readsLeft === 0) {
          stage.put(rival, '');
        }
      });
      await mine.create(one);
      readsLeft = 2;
      await assert.rejects(mine.write({ ...one, stage: submitted }), fails('takenOver'));
      assert.equal(readsLeft, 0);
    }
  });

  it('tells which job it cannot write down, and whether that is paid for', async () => {
    writeFileSync(stage.folder, 'no folder');
    const mine = stage.journalOf('mine');
    await assert.rejects(mine.create(job), (thrown) => {
      assert.ok(thrown instanceof Failure);
      assert.deepEqual(
        [thrown.kind, thrown.subject, thrown.transcriptId],
        ['journalUnwritable', 'talk-1.mp3', undefined],
      );
      return true;
    });
    await assert.rejects(mine.keepTranscript(job.id, body), {
      kind: 'journalUnwritable',
      transcriptId: 'id-1',
    });
    await assert.rejects(mine.list(), fails('journalUnwritable'));
    await mine.tidy();
    assert.match(stage.warnings.join(), /not tidied/);
  });
});
