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

describe('Jobs whose failure the journal did not take', () => {
  async function fail(): Promise<void> {
    stage.service.hold('get');
    const ordered = await mine.order(await stage.recordings(1));
    await stage.called('get');
    const elsewhere = join(stage.root, 'elsewhere');
    renameSync(stage.journal, elsewhere);
    writeFileSync(stage.journal, 'no folder');
    stage.service.release();
    assert.deepEqual(wordsOf(await outcomesOf(ordered)), ['journalUnwritable']);
    await assert.rejects(mine.jobs.tick());
    rmSync(stage.journal);
    renameSync(elsewhere, stage.journal);
  }

  it('go on as soon as it does', async () => {
    await fail();
    await mine.jobs.tick();
    await until(() => mine.presented.length === 1, turns);
    assert.deepEqual(wordsOf(mine.presented), ['written']);
    assert.equal(stage.service.submitted.length, 1);
  });

  it('are nobody’s, and go on when their user says so', async () => {
    await fail();
    const other = await stage.recording('other.mp3');
    await mine.transcribe([other]);
    const open = mine.jobs.open(idsOf());
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
    await Promise.all([other.jobs.tick(), stage.window().jobs.tick()]);
    await other.jobs.tick();
    await until(() => stage.notes.length === 3 && stage.records.length === 0, turns);
    await other.jobs.tick();
    assert.equal(stage.service.submitted.length, 3);
    assert.deepEqual(statesOf(other), ['done', 'done', 'done']);
  });

  it('are shown to its user, since nobody waits for them', async () => {
    stage.service.hold('get');
    await mine.order(await stage.recordings(1));
    await stage.called('get');
    mine.kill();
    stage.service.release();
    const other = stage.window();
    await other.jobs.tick();
    await until(() => other.presented.length === 1, turns);
    assert.deepEqual(wordsOf(other.presented), ['written']);
  });

  it('are not submitted by it any more, should it wake up', async () => {
    stage.service.isBusy = true;
    stage.service.hold('submit');
    const ordered = await mine.order(await stage.recordings(1));
    await stage.called('submit');
    const other = stage.window();
    rmSync(join(stage.journal, 'windows', `${mine.id}.json`));
    await other.jobs.tick();
    await stage.called('submit', 2);
    stage.service.release();
    assert.deepEqual(wordsOf(await outcomesOf(ordered)), ['takenOver']);
    await until(() => stage.notes.length === 1, turns);
    assert.equal(stage.service.submitted.length, 1);
  });

  it('wait for a word where nothing was sent and it was long ago', async () => {
    const one = stage.window(1);
    stage.service.hold('upload');
    await one.order(await stage.recordings(2));
    await stage.called('upload');
    one.kill();
    await stage.clock.sleep(25 * hourMs, new AbortController().signal);
    const other = stage.window();
    await other.jobs.tick();
    assert.deepEqual(statesOf(other), ['interrupted', 'interrupted']);
    assert.equal(other.offered.length, 2);
    await other.jobs.tick();
    assert.equal(other.offered.length, 2, 'It is offered once');
    stage.service.release();
    const again = await other.jobs.retry(idsOf(other), () => undefined);
    assert.deepEqual(wordsOf(await outcomesOf(again)), ['written', 'written']);
  });

  it('are worked on each by itself, though one of them cannot be claimed', async () => {
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
    await other.jobs.tick();
    await until(() => stage.notes.length === 2, turns);
    writeFileSync(join(stage.journal, second!), text);
    await other.jobs.tick();
    await until(() => stage.notes.length === 3, turns);
    assert.equal(stage.service.submitted.length, 3);
  });

  it('are worked on once they are claimed, though the disk does not let the next one be', async () => {
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
    await assert.rejects(other.jobs.tick());
    await until(() => stage.notes.length === 1, turns);
    await other.jobs.tick();
    await until(() => stage.notes.length === 3, turns);
    assert.equal(stage.service.submitted.length, 3);
  });
});
