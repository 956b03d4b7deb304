import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../../../src/core/failures/failure';
import { stateOf } from '../../../../src/core/jobs/jobEntry';
import { until } from '../../assemblyai/stage';
import { JobsStage, outcomesOf, wordsOf, turns, type JobsWindow } from './jobsStage';

const hourMs = 3_600_000;
let stage: JobsStage;
let mine: JobsWindow;

beforeEach(() => {
  stage = new JobsStage();
  mine = stage.window();
});

afterEach(() => stage.remove());

const statesOf = (window = mine): readonly string[] => window.jobs.entries.map(stateOf);

const idsOf = (window = mine): readonly string[] => window.jobs.entries.map(({ job }) => job.id);

describe('Jobs whose failure could not be written down', () => {
  async function fail(): Promise<void> {
    stage.service.hold('get');
    const ordered = await mine.order(await stage.recordings(1));
    await stage.called('get');
    const elsewhere = join(stage.root, 'elsewhere');
    renameSync(stage.journal, elsewhere);
    writeFileSync(stage.journal, 'no folder');
    stage.service.release();
    assert.deepEqual(wordsOf(await outcomesOf(ordered)), ['journalUnwritable']);
    await assert.rejects(mine.jobs.maintain());
    rmSync(stage.journal);
    renameSync(elsewhere, stage.journal);
  }

  it('go on as soon as the journal can be written again', async () => {
    await fail();
    await mine.jobs.maintain();
    await until(() => mine.unattended.length === 1, turns);
    assert.deepEqual(wordsOf(mine.unattended), ['written']);
    assert.equal(stage.service.submitted.length, 1);
  });

  it('belong to no window, and go on when their user says so', async () => {
    await fail();
    const other = await stage.recording('other.mp3');
    await mine.transcribe([other]);
    const open = mine.jobs.resting(idsOf());
    assert.deepEqual(
      open.map(({ halt, stage: { phase } }) => [halt, phase]),
      [[null, 'submitted']],
    );
    assert.deepEqual(statesOf().toSorted(), ['done', 'waiting'], 'No window is said to work on it');
    const again = await mine.jobs.retry([open[0]!.id], () => undefined);
    assert.deepEqual(wordsOf(await outcomesOf(again)), ['written']);
    assert.equal(stage.service.submitted.length, 2);
  });
});

describe('Jobs of a window that is gone', () => {
  it('are taken over by another one, which pays for nothing again', async () => {
    stage.service.hold('get');
    await mine.order(await stage.recordings(3));
    await stage.called('get', 3);
    mine.kill();
    stage.service.release();
    const other = stage.window();
    await Promise.all([other.jobs.maintain(), stage.window().jobs.maintain()]);
    await other.jobs.maintain();
    await until(() => stage.notes.length === 3 && stage.records.length === 0, turns);
    await other.jobs.maintain();
    assert.equal(stage.service.submitted.length, 3);
    assert.deepEqual(statesOf(other), ['done', 'done', 'done']);
  });

  it('are reported, since no caller waits for them', async () => {
    stage.service.hold('get');
    await mine.order(await stage.recordings(1));
    await stage.called('get');
    mine.kill();
    stage.service.release();
    const other = stage.window();
    await other.jobs.maintain();
    await until(() => other.unattended.length === 1, turns);
    assert.deepEqual(wordsOf(other.unattended), ['written']);
  });

  it('are not submitted by that window, should it wake up', async () => {
    stage.service.isBusy = true;
    stage.service.hold('submit');
    const ordered = await mine.order(await stage.recordings(1));
    await stage.called('submit');
    const other = stage.window();
    rmSync(join(stage.journal, 'windows', `${mine.id}.json`));
    await other.jobs.maintain();
    await stage.called('submit', 2);
    stage.service.release();
    assert.deepEqual(wordsOf(await outcomesOf(ordered)), ['takenOver']);
    await until(() => stage.notes.length === 1, turns);
    assert.equal(stage.service.submitted.length, 1);
  });

  it('wait for their user where nothing was sent and it was long ago', async () => {
    const one = stage.window(1);
    stage.service.hold('upload');
    await one.order(await stage.recordings(2));
    await stage.called('upload');
    one.kill();
    await stage.clock.sleep(25 * hourMs, new AbortController().signal);
    const other = stage.window();
    await other.jobs.maintain();
    assert.deepEqual(statesOf(other), ['interrupted', 'interrupted']);
    assert.equal(other.interrupted.length, 2);
    await other.jobs.maintain();
    assert.equal(other.interrupted.length, 2, 'They are reported once');
    stage.service.release();
    const again = await other.jobs.retry(idsOf(other), () => undefined);
    assert.deepEqual(wordsOf(await outcomesOf(again)), ['written', 'written']);
  });

  it('go on one by one, even where one of them cannot be claimed', async () => {
    stage.service.hold('get');
    await mine.order(await stage.recordings(3));
    await stage.called('get', 3);
    mine.kill();
    stage.service.release();
    const other = stage.window();
    const [, second] = stage.records.toSorted();
    const text = readFileSync(join(stage.journal, second!), 'utf8');
    rmSync(join(stage.journal, second!));
    mkdirSync(join(stage.journal, second!));
    await other.jobs.maintain();
    await until(() => stage.notes.length === 2, turns);
    writeFileSync(join(stage.journal, second!), text);
    await other.jobs.maintain();
    await until(() => stage.notes.length === 3, turns);
    assert.equal(stage.service.submitted.length, 3);
  });

  it('go on as soon as they are claimed, even where the disk refuses the next claim', async () => {
    stage.service.hold('get');
    await mine.order(await stage.recordings(3));
    await stage.called('get', 3);
    mine.kill();
    stage.service.release();
    const other = stage.window();
    const { journal } = other;
    const claim = journal.claimUnfinished.bind(journal);
    let claims = 0;
    journal.claimUnfinished = (id) =>
      ++claims === 2 ? Promise.reject(new Failure('journalUnwritable', 'Full')) : claim(id);
    await assert.rejects(other.jobs.maintain());
    await until(() => stage.notes.length === 1, turns);
    await other.jobs.maintain();
    await until(() => stage.notes.length === 3, turns);
    assert.equal(stage.service.submitted.length, 3);
  });
});
