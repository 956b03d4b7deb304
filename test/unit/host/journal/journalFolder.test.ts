import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { renderJob } from '../../../../src/core/jobs/journalFormat';
import { hasOpenJobs } from '../../../../src/host/journal/openRecords';
import { body, fails, JournalStage, nameOf } from './journalStage';
import { jobNumber } from '../jobs/someJobs';

const dayMs = 24 * 60 * 60 * 1000;

let stage: JournalStage;

beforeEach(() => {
  stage = new JournalStage();
});

afterEach(() => stage.remove());

describe('transcripts in the journal', () => {
  const job = jobNumber(1);

  it('are kept until the job is done', async () => {
    const mine = stage.journalOf('mine');
    await mine.create(job);
    await assert.rejects(mine.keptTranscript(job.id), fails('unexpected'));
    await mine.keepTranscript(job.id, body);
    assert.deepEqual(await stage.journalOf('other').keptTranscript(job.id), body);
    await mine.finish(stage.done(job));
    assert.ok(!existsSync(mine.keptPath(job.id)));
  });

  it('stay where they could not be saved beside the recording', async () => {
    const mine = stage.journalOf('mine');
    await mine.create(job);
    await mine.keepTranscript(job.id, body);
    await mine.finish(stage.done(job, { hasSidecar: false }));
    assert.deepEqual(await mine.keptTranscript(job.id), body);
    stage.nowMs += 1000 * dayMs;
    await mine.tidy();
    assert.deepEqual(await mine.keptTranscript(job.id), body);
    await mine.forget(job.id);
    assert.ok(!existsSync(mine.keptPath(job.id)));
  });

  it('are not read when they are torn', async () => {
    const mine = stage.journalOf('mine');
    stage.put(`transcripts/${job.id}.json`, '{"id":"id-1","sta');
    await assert.rejects(mine.keptTranscript(job.id), fails('unexpected'));
  });

  if (process.platform !== 'win32') {
    it('are hidden from other users, like all that is in the journal', async () => {
      const mine = stage.journalOf('mine');
      await mine.create(job);
      await mine.keepTranscript(job.id, body);
      for (const [name, mode] of [
        ['', 0o700],
        ['transcripts', 0o700],
        [`transcripts/${job.id}.json`, 0o600],
        [nameOf(job), 0o600],
      ] as const) {
        assert.equal(statSync(stage.pathOf(name)).mode & 0o777, mode, name);
      }
    });

    const isRoot = process.getuid?.() === 0;
    const reason = isRoot ? ' (skipped: root may write into any folder)' : '';

    it(`do not stop a job when its folder takes no files${reason}`, async function () {
      if (isRoot) {
        this.skip();
      }
      const mine = stage.journalOf('mine');
      await mine.create(job);
      chmodSync(stage.folder, 0o500);
      await assert.rejects(mine.write(job), { kind: 'journalUnwritable', code: 'EACCES' });
      chmodSync(stage.folder, 0o700);
      await mine.write(job);
    });
  }
});

describe('history in the journal', () => {
  it('has the jobs that are done, the newest first, and no open ones', async () => {
    const mine = stage.journalOf('mine');
    const jobs = [1, 2, 3].map((number) =>
      stage.done(jobNumber(number), { changedMs: stage.nowMs - number }),
    );
    for (const job of [jobs[1]!, jobs[2]!, jobs[0]!]) {
      await mine.create(jobNumber(job.recording.sizeBytes));
      await mine.finish(job);
    }
    assert.deepEqual((await stage.journalOf('other').list()).done, jobs);
    assert.deepEqual((await mine.list()).open, []);
    assert.equal(await hasOpenJobs(stage.folder), false);
    await assert.rejects(mine.write(jobs[0]!), fails('takenOver'));
    await mine.forget(jobs[0]!.id);
    assert.deepEqual((await mine.list()).done, jobs.slice(1));
  });

  it('drops a job that is begun anew', async () => {
    const mine = stage.journalOf('mine');
    const job = jobNumber(1);
    await mine.create(job);
    await mine.finish(stage.done(job));
    assert.equal(await mine.create(job), true);
    assert.deepEqual((await mine.list()).done, []);
    assert.deepEqual((await mine.list()).open, [{ job, owner: 'mine' }]);
    await mine.write({ ...job, changedMs: 5 });
  });

  it('counts a job as done whose window was killed before its open record was removed', async () => {
    const mine = stage.journalOf('mine');
    const job = jobNumber(1);
    await mine.create(job);
    stage.put(`done/${job.id}.json`, renderJob(stage.done(job), 'mine'));
    await assert.rejects(mine.write(job), fails('takenOver'));
    stage.put(nameOf(job), renderJob(job, 'mine'));
    await mine.keepTranscript(job.id, body);
    stage.gone.add('mine');
    assert.equal(await stage.journalOf('other').claim(job.id), undefined);
    assert.ok(!existsSync(mine.keptPath(job.id)));
    stage.put(nameOf(job), renderJob(job, 'mine'));
    assert.deepEqual((await stage.journalOf('other').list()).open, []);
    assert.equal(await hasOpenJobs(stage.folder), false);
    assert.equal((await mine.list()).done.length, 1);
  });

  it('goes back 90 days and 200 jobs', async () => {
    const mine = stage.journalOf('mine');
    for (let number = 0; number < 230; number++) {
      const job = stage.done(jobNumber(number), {
        changedMs: stage.nowMs - (number < 20 ? 91 * dayMs + number : number),
      });
      stage.put(`done/${job.id}.json`, renderJob(job, 'mine'));
    }
    stage.put(`transcripts/${jobNumber(0).id}.json`, JSON.stringify(body));
    const told = (await mine.list()).done;
    assert.deepEqual(
      [told.length, told[0]?.recording.sizeBytes, told.at(-1)?.recording.sizeBytes],
      [200, 20, 219],
    );
    await mine.tidy();
    assert.deepEqual((await mine.list()).done, told);
    assert.equal(readdirSync(stage.pathOf('done')).length, 200);
    assert.ok(!existsSync(mine.keptPath(jobNumber(0).id)));
  });
});

describe('what the journal cannot read', () => {
  const job = jobNumber(1);

  it('is set aside and reported once, and the rest is read', async () => {
    const mine = stage.journalOf('mine');
    const whole = jobNumber(2);
    await mine.create(whole);
    const text = renderJob(job, 'mine');
    stage.put(nameOf(job), text.slice(0, 90));
    stage.put(nameOf(jobNumber(3)), text);
    stage.put(`${job.id}.json`, text);
    stage.put(`done/${jobNumber(4).id}.json`, '\0\0\0');
    stage.put('.DS_Store', 'whatever');
    for (let round = 0; round < 2; round++) {
      assert.deepEqual((await mine.list()).open, [{ job: whole, owner: 'mine' }]);
      assert.deepEqual((await mine.list()).done, []);
    }
    assert.equal(stage.aside.length, 4);
    assert.equal(stage.warnings.length, 4);
    assert.deepEqual(
      stage.aside.map((file) => readFileSync(file, 'utf8')).sort(),
      [text.slice(0, 90), text, text, '\0\0\0'].sort(),
    );
    assert.ok(stage.has('.DS_Store'));
  });

  it('does not hide other jobs where the system cannot even open it', async () => {
    const mine = stage.journalOf('mine');
    await mine.create(job);
    mkdirSync(stage.pathOf(nameOf(jobNumber(2))));
    const isWindows = process.platform === 'win32';
    if (!isWindows) {
      symlinkSync(nameOf(jobNumber(3)), stage.pathOf(nameOf(jobNumber(3))));
    }
    for (let round = 0; round < 2; round++) {
      assert.deepEqual((await mine.list()).open, [{ job, owner: 'mine' }]);
    }
    assert.deepEqual([stage.aside.length, stage.warnings.length], [1, isWindows ? 1 : 2]);
  });

  it('does not hide an earlier record of the job', async () => {
    const mine = stage.journalOf('mine');
    await mine.create(job);
    stage.put(nameOf(job, 2), '');
    assert.deepEqual((await mine.list()).open, []);
    assert.deepEqual((await mine.list()).open, [{ job, owner: 'mine' }]);
  });

  it('is left alone where a later version of Steno wrote it', async () => {
    const mine = stage.journalOf('mine');
    const text = renderJob(job, 'mine').replace('"version":2', '"version":3');
    stage.put(nameOf(job), text);
    for (let round = 0; round < 2; round++) {
      assert.deepEqual((await mine.list()).open, []);
    }
    assert.equal(await mine.claim(job.id), undefined);
    assert.equal(await mine.create(job), false);
    assert.deepEqual([stage.aside.length, stage.warnings.length], [0, 1]);
    assert.equal(readFileSync(stage.pathOf(nameOf(job)), 'utf8'), text);
  });

  it('is removed a day after a crash left it, unless it is the transcript of a known job', async () => {
    const mine = stage.journalOf('mine');
    await mine.create(job);
    const [set, lost] = [jobNumber(2), jobNumber(3)];
    stage.put(`aside/${nameOf(set)}.1`, 'torn');
    const files = [
      `.1.steno-tmp`,
      `transcripts/.2.steno-tmp`,
      ...[job, set, lost].map(({ id }) => `transcripts/${id}.json`),
    ];
    files.forEach((name) => stage.put(name, 'text'));
    await mine.tidy();
    assert.ok(files.every((name) => stage.has(name)));
    const longAgo = new Date(stage.nowMs - 2 * dayMs);
    files.forEach((name) => utimesSync(stage.pathOf(name), longAgo, longAgo));
    await mine.tidy();
    assert.deepEqual(
      files.filter((name) => stage.has(name)),
      [job, set].map(({ id }) => `transcripts/${id}.json`),
    );
  });
});

describe('hasOpenJobs', () => {
  it('sees jobs, and nothing else', async () => {
    assert.equal(await hasOpenJobs(stage.folder), false);
    stage.put(`done/${jobNumber(1).id}.json`, '');
    stage.put(`${jobNumber(1).id}.json`, '');
    stage.put('.1.steno-tmp', '');
    assert.equal(await hasOpenJobs(stage.folder), false);
    await stage.journalOf('mine').create(jobNumber(1));
    assert.equal(await hasOpenJobs(stage.folder), true);
  });
});
