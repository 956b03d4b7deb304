import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../../../src/core/failures/failure';
import { keptFailure, type Job } from '../../../../src/core/jobs/job';
import { stateOf } from '../../../../src/core/jobs/jobEntry';
import { parseJob } from '../../../../src/core/jobs/journalFormat';
import type { Recording } from '../../../../src/core/ports';
import { defaultInstructions } from '../../../../src/core/request/request';
import { withNoteIn } from '../../../../src/host/jobs/withNoteIn';
import { inspectRecording } from '../../../../src/host/recordings/inspectRecording';
import { aJob } from '../../../support/jobEntries';
import { until } from '../../assemblyai/stage';
import { JobsStage, outcomesOf, wordsOf, turns, type JobsWindow } from './jobsStage';

let stage: JobsStage;
let mine: JobsWindow;

beforeEach(() => {
  stage = new JobsStage();
  mine = stage.window();
});

afterEach(() => stage.remove());

const statesOf = (window = mine): readonly string[] => window.jobs.entries.map(stateOf);

const idsOf = (window = mine): readonly string[] => window.jobs.entries.map(({ job }) => job.id);

describe('Jobs', () => {
  it('write a note for each recording, and pay for each once', async () => {
    const recordings = await stage.recordings(3);
    assert.deepEqual(wordsOf(await mine.transcribe(recordings)), ['written', 'written', 'written']);
    assert.deepEqual(stage.notes.toSorted(), ['talk-1.md', 'talk-2.md', 'talk-3.md']);
    assert.equal(stage.service.submitted.length, 3);
    assert.deepEqual(statesOf(), ['done', 'done', 'done']);
    assert.deepEqual([stage.records, mine.connections], [[], 0]);
    assert.deepEqual(mine.unattended, [], 'Their caller shows them');
  });

  it('run as many at once as wanted, in the order in which they were chosen', async () => {
    const two = stage.window(2);
    stage.service.hold('upload');
    const ordered = await two.order(await stage.recordings(4));
    await stage.called('upload', 2);
    for (let number = 1; number <= 4; number++) {
      await stage.called('upload', Math.min(4, number + 1));
      const begun = Array.from(
        { length: Math.min(4, number + 1) },
        (_, index) => `upload talk-${index + 1}.mp3`,
      );
      const uploads = stage.service.calls.filter((call) => call.startsWith('upload'));
      assert.deepEqual(uploads.toSorted(), begun);
      assert.equal(
        two.jobs.entries.filter((entry) => stateOf(entry) === 'waiting').length,
        Math.max(0, 3 - number),
      );
      stage.service.releaseOne(`upload talk-${number}.mp3`);
      await ordered[number - 1]?.settled;
    }
    assert.equal(stage.notes.length, 4);
  });

  it('begin once, however often a recording is chosen', async () => {
    stage.service.hold('submit');
    const [recording] = await stage.recordings(1);
    const first = await mine.order([recording!, recording!]);
    await stage.called('submit');
    const other = stage.window();
    const second = [...(await mine.order([recording!])), ...(await other.order([recording!]))];
    assert.deepEqual(wordsOf(await outcomesOf([first[1]!, ...second])), Array(3).fill('alreadyRunning'));
    stage.service.release();
    assert.deepEqual(wordsOf(await outcomesOf(first.slice(0, 1))), ['written']);
    assert.equal(stage.service.submitted.length, 1);
  });

  it('all stop, for the same reason, when the key is refused', async () => {
    const two = stage.window(2);
    stage.service.refusal = new Failure('keyRejected', 'No');
    const outcomes = await two.transcribe(await stage.recordings(5));
    assert.equal(new Set(outcomes.map((outcome) => outcome.kind === 'failed' && outcome.failure)).size, 1);
    assert.ok(stage.service.calls.length <= 2, 'The others are not tried');
    assert.deepEqual([statesOf(two), two.connections], [Array(5).fill('failed'), 0]);
    stage.service.refusal = undefined;
    const again = await two.jobs.retry(idsOf(two), () => undefined);
    assert.deepEqual(wordsOf(await outcomesOf(again)), Array(5).fill('written'));
    assert.equal(stage.service.submitted.length, 5);
  });

  it('go on when one of them fails', async () => {
    const recordings = await stage.recordings(3);
    rmSync(recordings[1]!.path);
    assert.deepEqual(wordsOf(await mine.transcribe(recordings)), ['written', 'recordingMissing', 'written']);
    assert.deepEqual(statesOf().toSorted(), ['done', 'done', 'failed']);
  });

  it('drop a failed job when another recording is in its place', async () => {
    stage.service.refusal = new Failure('blocked', 'No');
    await mine.transcribe(await stage.recordings(1));
    stage.service.refusal = undefined;
    const newer = await stage.recording('talk-1.mp3', 'another talk');
    assert.deepEqual(wordsOf(await mine.transcribe([newer])), ['written']);
    assert.deepEqual([statesOf(), stage.records], [['done'], []]);
  });

  it('go on with the job of a recording that was moved, and write the note where it is now', async () => {
    stage.service.hold('get');
    const [recording] = await stage.recordings(1);
    await mine.order([recording!]);
    await stage.called('get');
    await mine.jobs.cancel(idsOf());
    assert.deepEqual(statesOf(), ['detached']);
    stage.service.release();
    mkdirSync(join(stage.root, 'talks'));
    const path = join(stage.root, 'talks', 'renamed.mp3');
    renameSync(recording!.path, path);
    const moved = { ...recording!, path, name: 'renamed.mp3' };
    assert.deepEqual(wordsOf(await mine.transcribe([moved])), ['written']);
    assert.equal(stage.service.submitted.length, 1);
    assert.ok(readdirSync(join(stage.root, 'talks')).includes('renamed.md'));
  });

  it('know a recording again that was only touched, and tell apart another one that is only alike', async () => {
    stage.service.hold('get');
    const [recording] = await stage.recordings(1);
    const ordered = await mine.order([recording!]);
    await stage.called('get');
    utimesSync(recording!.path, 1, 1);
    const touched = await inspectRecording(recording!.path);
    assert.deepEqual(wordsOf(await mine.transcribe([touched])), ['alreadyRunning']);
    await mine.jobs.cancel(idsOf());
    await outcomesOf(ordered);
    rmSync(recording!.path);
    const alike = { ...(await stage.recording('talk-2.mp3')), modifiedMs: recording!.modifiedMs };
    utimesSync(alike.path, alike.modifiedMs / 1000, alike.modifiedMs / 1000);
    stage.service.release();
    assert.deepEqual(wordsOf(await mine.transcribe([await inspectRecording(alike.path)])), ['written']);
    assert.equal(stage.service.submitted.length, 2);
    assert.deepEqual(statesOf().toSorted(), ['detached', 'done']);
  });

  it('do not begin when they are cancelled while they are ordered', async () => {
    const cancelled = new AbortController();
    const ordering = mine.order(await stage.recordings(30), cancelled.signal);
    await until(() => existsSync(stage.journal) && stage.records.length > 0, turns);
    cancelled.abort();
    const ordered = await ordering;
    const begun = ordered.flatMap(({ id }) => id ?? []);
    assert.ok(begun.length < 30, 'The last are not even written down');
    await mine.jobs.cancel(begun);
    assert.deepEqual(wordsOf(await outcomesOf(ordered)), Array(30).fill('cancelled'));
    assert.deepEqual([stage.records, stage.service.submitted], [[], []]);
  });

  it('fail one by one where the journal takes none of them', async () => {
    stage.service.refusal = new Failure('blocked', 'No');
    await mine.transcribe(await stage.recordings(1));
    const [record] = stage.records;
    const newer = [await stage.recording('talk-1.mp3', 'another talk'), await stage.recording('other.mp3')];
    rmSync(join(stage.journal, 'done'), { recursive: true, force: true });
    writeFileSync(join(stage.journal, 'done'), 'no folder');
    assert.deepEqual(wordsOf(await mine.transcribe(newer)), ['journalUnwritable', 'journalUnwritable']);
    assert.ok(record !== undefined);
  });

  it('leave the journal as it is when the window ends', async () => {
    const one = stage.window(1);
    stage.service.hold('get');
    await one.order(await stage.recordings(2));
    await stage.called('get');
    const before = stage.records.map((name) => readFileSync(join(stage.journal, name), 'utf8'));
    one.jobs.dispose();
    await until(() => one.connections === 0, turns);
    assert.deepEqual(
      stage.records.map((name) => readFileSync(join(stage.journal, name), 'utf8')),
      before,
    );
    const phases = before.map((text) => parseJob(text)?.job.stage.phase);
    assert.deepEqual(phases.toSorted(), ['submitted', 'waiting']);
    assert.deepEqual(one.unattended, []);
    assert.deepEqual(readdirSync(join(stage.journal, 'windows')), []);
  });
});

describe('Cancelled jobs', () => {
  it('leave nothing behind that was not submitted', async () => {
    const one = stage.window(1);
    stage.service.hold('upload');
    const ordered = await one.order(await stage.recordings(2));
    await stage.called('upload');
    await one.jobs.cancel(idsOf(one));
    assert.deepEqual(wordsOf(await outcomesOf(ordered)), ['cancelled', 'cancelled']);
    assert.deepEqual([one.jobs.entries, stage.records, one.connections], [[], [], 0]);
  });

  it('are detached where they run on at the service, and are collected once', async () => {
    stage.service.hold('get');
    await mine.order(await stage.recordings(1));
    await stage.called('get');
    await mine.jobs.cancel(idsOf());
    assert.deepEqual(statesOf(), ['detached']);
    await mine.jobs.maintain();
    assert.deepEqual(statesOf(), ['detached'], 'Only their user goes on with them');
    stage.service.release();
    const twice = [mine.jobs.retry(idsOf(), () => undefined), mine.jobs.retry(idsOf(), () => undefined)];
    const ordered = (await Promise.all(twice)).flat();
    assert.deepEqual(wordsOf(await outcomesOf(ordered)), ['written']);
    assert.deepEqual([stage.service.submitted.length, stage.notes], [1, ['talk-1.md']]);
  });

  it('are forgotten if their user wants that, unless they were collected meanwhile', async () => {
    stage.service.hold('get');
    await mine.order(await stage.recordings(2));
    await stage.called('get', 2);
    mine.answer = async ([first]) => {
      stage.service.release();
      await outcomesOf(await mine.jobs.retry([first!.id], () => undefined));
      return true;
    };
    await mine.jobs.cancel(idsOf());
    const forgotten = await mine.jobs.answered();
    assert.equal(forgotten.size, 1);
    assert.deepEqual(statesOf(), ['done']);
    assert.deepEqual([stage.records, stage.notes.length], [[], 1]);
  });

  it('do not come back when they are stopped while the journal is read', async () => {
    stage.service.hold('get');
    await mine.order(await stage.recordings(2));
    await stage.called('get', 2);
    mine.afterRead = () => mine.jobs.cancel(idsOf());
    await mine.jobs.maintain();
    assert.deepEqual(statesOf(), ['detached', 'detached']);
    await mine.jobs.maintain();
    assert.deepEqual(statesOf(), ['detached', 'detached']);
  });

  it('are gone for good when they are forgotten while they are at work', async () => {
    stage.service.hold('get');
    const ordered = await mine.order(await stage.recordings(1));
    await stage.called('get');
    await mine.jobs.forget(idsOf()[0]!);
    assert.equal((await outcomesOf(ordered))[0]?.kind, 'failed');
    await mine.jobs.maintain();
    assert.deepEqual([mine.jobs.entries, stage.records], [[], []]);
  });
});

describe('A job whose note has no place beside its recording', () => {
  it('is not paid for before its user has chosen another folder', async () => {
    const [recording] = (await stage.recordings(1)) as [Recording];
    const order = { service: stage.service.origin, recording, durationSeconds: null, batch: null };
    const notePath = join(recording.path, 'talk.md');
    const [ordered] = await mine.jobs.order(
      [{ ...order, notePath, instructions: defaultInstructions, force: true }],
      () => undefined,
    );
    assert.deepEqual(wordsOf(await outcomesOf([ordered!])), ['noteUnwritable']);
    assert.deepEqual(stage.service.calls, []);
    const folder = join(stage.journal, '..', 'elsewhere');
    const change = (job: Job): Job => withNoteIn(folder, job, 0);
    const again = await mine.jobs.retry([ordered!.id!], () => undefined, change);
    assert.deepEqual(wordsOf(await outcomesOf(again)), ['written']);
    assert.deepEqual(readdirSync(folder), ['talk.md']);
  });

  it('goes on without a sidecar in another folder where that could not be written', () => {
    const failure = keptFailure(new Failure('sidecarUnwritable', '', { code: 'ENOTDIR' }));
    const stageOf = { phase: 'transcribed', transcriptId: 'id-1', sha256: 'ab' } as const;
    const job = aJob({ stage: stageOf, halt: { reason: 'failed', failure }, notePath: '/talks/talk.md' });
    const going = withNoteIn(join('/', 'notes'), job, 0);
    assert.deepEqual(going.stage, { ...stageOf, phase: 'saved', hasSidecar: false });
    assert.equal(going.notePath, join('/', 'notes', 'talk.md'));
  });

  it('is finished when its user wants the note anyway, and the transcript stays in the journal', async () => {
    stage.service.hold('get');
    const [recording] = await stage.recordings(1);
    const ordered = await mine.order([recording!]);
    await stage.called('get');
    rmSync(recording!.path);
    stage.service.release();
    assert.deepEqual(wordsOf(await outcomesOf(ordered)), ['recordingGone']);
    const anyway = await mine.jobs.writeNoteAnyway(idsOf()[0]!, () => undefined);
    assert.deepEqual(wordsOf(await outcomesOf(anyway)), ['written']);
    assert.deepEqual(stage.notes, ['talk-1.md']);
    assert.equal(readdirSync(join(stage.journal, 'transcripts')).length, 1);
  });

  it('is not lost when its user wants the note before there is a transcript', async () => {
    stage.service.refusal = new Failure('blocked', 'No');
    await mine.transcribe(await stage.recordings(1));
    assert.deepEqual(await mine.jobs.writeNoteAnyway(idsOf()[0]!, () => undefined), []);
    await mine.jobs.maintain();
    assert.deepEqual(statesOf(), ['failed']);
  });
});
