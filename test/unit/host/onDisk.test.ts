import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFollowUp, renderFollowUp } from '../../../src/core/followUps/followUp';
import { advanced, isIn, type Halt, type Job } from '../../../src/core/jobs/job';
import { parseJob, renderJob } from '../../../src/core/jobs/journalFormat';
import { parseSidecar, renderSidecar } from '../../../src/core/sidecar/sidecar';
import { parseTranscriptBody } from '../../../src/core/transcript/parseTranscript';
import { FollowUpFiles } from '../../../src/host/followUps/followUpFiles';
import { jobId, Journal } from '../../../src/host/journal/journal';
import { hasOpenJobs } from '../../../src/host/journal/openRecords';
import { findFinishedTranscript, writeSidecar } from '../../../src/host/note/sidecarFile';
import { findNoteOfTranscript } from '../../../src/host/note/noteFile';
import { inspectRecording } from '../../../src/host/recordings/inspectRecording';
import { FollowUpClaims } from '../../../src/host/followUps/followUpClaims';
import { WindowRegistry } from '../../../src/host/windows/windowRegistry';
import { fixturePath } from '../../support/fixtures';
import { silentLog } from '../../support/fakeJobs';

// The files in test/fixtures/onDisk were written by the code of version 0.1.0 itself. They never change: what users
// have on their disks stays readable.

const nowMs = 1_795_345_200_000;
const transcriptId = '3f0c2b9e-5a41-4d0b-9d5e-7c1a2e8f6b10';

/** The JSON of a job as version 0.1.0 wrote it. */
interface WrittenJob {
  readonly version: number;
  readonly owner: string;
  readonly job: Omit<Job, 'force' | 'halt'> & {
    readonly again: boolean;
    readonly halt: null | { readonly reason: 'left' } | Exclude<Halt, { readonly reason: 'detached' }>;
  };
}

const textOf = (...names: readonly string[]): string => readFileSync(fixturePath('onDisk', ...names), 'utf8');

const namesIn = (...names: readonly string[]): readonly string[] =>
  readdirSync(fixturePath('onDisk', ...names)).filter((name) => name.endsWith('.json'));

/** Without the properties that are undefined, which JSON does not know. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The job that a record stands for, in today's words. */
function meaningOf({ job }: WrittenJob): Job {
  const { again, halt, ...others } = job;
  return { ...others, force: again, halt: halt?.reason === 'left' ? { reason: 'detached' } : halt };
}

describe('What was written by 0.1.0', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'steno-on-disk-'));
    cpSync(fixturePath('onDisk'), root, { recursive: true });
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  describe('in the journal', () => {
    const open = namesIn('jobs');
    const done = namesIn('jobs', 'done');
    const records = [
      ...open.map((name) => textOf('jobs', name)),
      ...done.map((name) => textOf('jobs', 'done', name)),
    ];
    const written = records.map((text) => JSON.parse(text) as WrittenJob);

    const journalOf = (id: string, isGone = false): Journal =>
      new Journal({
        folder: join(root, 'jobs'),
        window: new WindowRegistry(join(root, 'jobs', 'windows'), id),
        isGone: () => Promise.resolve(isGone),
        clock: { now: () => nowMs },
        log: { warn: (message) => assert.fail(message) },
      });

    it('is every stage, halted in every way in which it can be, and forced or not', () => {
      const kinds = new Set(written.map(({ job }) => `${job.stage.phase} ${job.halt?.reason ?? 'goes on'}`));
      assert.deepEqual([...kinds].toSorted(), [
        ...['done goes on'],
        ...['saved failed', 'saved goes on', 'saved left'],
        ...['submitted failed', 'submitted goes on', 'submitted left'],
        ...['submitting failed', 'submitting goes on', 'submitting left'],
        ...['transcribed failed', 'transcribed goes on', 'transcribed left'],
        ...['uploaded failed', 'uploaded goes on'],
        ...['uploading failed', 'uploading goes on'],
        ...['waiting failed', 'waiting goes on'],
      ]);
      assert.deepEqual(new Set(written.map(({ job }) => job.again)), new Set([true, false]));
      assert.ok(written.some(({ job }) => job.recording.url !== undefined));
    });

    it('reads as the same jobs', () => {
      for (const [index, text] of records.entries()) {
        const { owner } = written[index]!;
        assert.deepEqual(plain(parseJob(text)), { job: meaningOf(written[index]!), owner });
      }
    });

    it('is written in the same form today, so that 0.1.0 reads it', () => {
      for (const [index, text] of records.entries()) {
        const entry = parseJob(text);
        assert.ok(entry !== undefined);
        assert.deepEqual(JSON.parse(renderJob(entry.job, entry.owner)), written[index]);
      }
    });

    it('is listed with its owners and claimed, under the same ids', async () => {
      const journal = journalOf('today');
      assert.ok(await hasOpenJobs(join(root, 'jobs')));
      const entries = (await journal.list()).open;
      const meant = written.filter(({ job }) => job.stage.phase !== 'done');
      assert.equal(entries.length, open.length);
      assert.deepEqual(
        new Map(entries.map((entry) => [entry.job.id, plain(entry)])),
        new Map(meant.map((each) => [each.job.id, { job: meaningOf(each), owner: each.owner }])),
      );
      assert.equal((await journal.list()).done.length, done.length);
      for (const { job } of entries) {
        assert.equal(jobId(job.recording, job.service), job.id);
        const isHalted = job.halt !== null;
        assert.equal(
          await journal.claim(job.id).then((claimed) => claimed?.id),
          isHalted ? job.id : undefined,
        );
      }
      const heir = journalOf('heir', true);
      for (const { job } of entries) {
        assert.deepEqual(await heir.claim(job.id), { ...job, halt: null });
      }
    });

    it('goes on to its end', async () => {
      const heir = journalOf('heir', true);
      const saved = written.filter(({ job }) => job.stage.phase === 'saved' && job.halt === null);
      assert.notEqual(saved.length, 0);
      for (const { job } of saved) {
        const claimed = await heir.claim(job.id);
        assert.ok(claimed !== undefined && isIn(claimed, 'saved'));
        const { transcriptId, hasSidecar } = claimed.stage;
        const stage = { phase: 'done', transcriptId, hasSidecar, note: job.notePath } as const;
        const finished = advanced(claimed, stage, nowMs);
        await heir.finish(finished);
        const { open: stillOpen, done: ended } = await journalOf('today').list();
        assert.ok(stillOpen.every((entry) => entry.job.id !== job.id));
        assert.deepEqual(
          ended.find(({ id }) => id === job.id),
          finished,
        );
      }
    });

    it('has the transcripts that are not saved yet', async () => {
      const journal = journalOf('today');
      for (const { job } of written) {
        const { phase } = job.stage;
        const isKept =
          phase === 'transcribed' || phase === 'saved' || (phase === 'done' && !job.stage.hasSidecar);
        if (isKept) {
          assert.equal((await journal.keptTranscript(job.id)).id, transcriptId);
        }
      }
    });

    it('has windows that are there until they are known to be gone', async () => {
      const windows = new WindowRegistry(join(root, 'jobs', 'windows'), 'today');
      const heartbeats = await windows.heartbeats();
      assert.equal(heartbeats.size, 2);
      assert.ok(
        [...heartbeats.values()].every((heartbeat) => heartbeat !== undefined),
        'They are of another machine',
      );
    });
  });

  describe('about follow-ups', () => {
    it('reads as the same, and is written so today', async () => {
      const claims = new FollowUpClaims(
        join(root, 'followUps', 'claims'),
        new WindowRegistry(join(root, 'followUps', 'windows'), 'today'),
        { now: () => Date.now() },
      );
      const files = new FollowUpFiles(join(root, 'followUps'), claims, silentLog);
      const listed = await files.list();
      assert.deepEqual(
        listed.map((followUp) => renderFollowUp(followUp)).toSorted(),
        namesIn('followUps')
          .map((name) => textOf('followUps', name))
          .toSorted(),
      );
      assert.deepEqual(parseFollowUp(textOf('followUps', `${transcriptId}.json`)), {
        transcriptId,
        service: 'https://api.assemblyai.com',
        name: 'talk.mp3',
        redactedAudio: '/talks/talk.redacted.mp3',
        deletes: true,
      });
      assert.equal(await claims.whileClaimed(transcriptId, () => assert.fail()), false, 'It is claimed');
    });
  });

  describe('beside a recording', () => {
    const sha256 = createHash('sha256').update('\0The sound of a talk.').digest('hex');

    it('is its transcript, and that of an earlier time', async () => {
      const recording = await inspectRecording(join(root, 'talks', 'talk.mp3'));
      const finished = await findFinishedTranscript(recording, new AbortController().signal);
      assert.deepEqual([finished?.sha256, finished?.source], [sha256, 'talk.mp3']);
      assert.equal(finished?.transcript.id, transcriptId);
      assert.equal(
        parseSidecar(textOf('talks', 'talk.mp3.earlier-id.aai.json'))?.transcript.id,
        'earlier-id',
      );
      const note = join(root, 'talks', 'talk.transcript.md');
      assert.equal(await findNoteOfTranscript(note, transcriptId), note);
    });

    it('is not written again', async () => {
      const recording = await inspectRecording(join(root, 'talks', 'talk.mp3'));
      const transcript = parseTranscriptBody({ id: transcriptId, status: 'completed' });
      await writeSidecar(recording, { source: 'talk.mp3', transcript, sha256 });
      assert.equal(
        readFileSync(join(root, 'talks', 'talk.mp3.aai.json'), 'utf8'),
        textOf('talks', 'talk.mp3.aai.json'),
      );
    });

    it('is written in the same form today', () => {
      for (const name of namesIn('talks')) {
        const sidecar = parseSidecar(textOf('talks', name));
        assert.equal(sidecar && renderSidecar(sidecar), textOf('talks', name));
      }
      assert.equal(parseSidecar(textOf('talks', 'web.aai.json'))?.sha256, null);
    });
  });
});
