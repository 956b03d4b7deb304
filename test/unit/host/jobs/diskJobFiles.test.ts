import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import * as path from 'node:path';
import type { JobIn } from '../../../../src/core/jobs/job';
import { parseTranscript } from '../../../../src/core/transcript/parseTranscript';
import { JumpingClock } from '../../../support/fakeJobs';
import { wholeLayout } from '../../../support/plainInstructions';
import { bytes, JobFilesStage, failureOf, sha256 } from './jobFilesStage';
import type { NoteLayout } from '../../../../src/core/note/noteLayout';

const transcript = { id: 'id-1', status: 'completed', text: 'Hello.', audio_duration: 3 } as const;
const { signal } = new AbortController();
/** The id of a user without rights. */
const otherUser = 65_534;

const saved = (job: JobIn<'transcribed'>, hasSidecar = true): JobIn<'saved'> => ({
  ...job,
  stage: { ...job.stage, phase: 'saved', hasSidecar },
});

/** Acts as a user without rights, since root may write everywhere. */
async function asOtherUser<T>(act: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) {
    process.seteuid?.(otherUser);
  }
  try {
    return await act();
  } finally {
    if (isRoot) {
      process.seteuid?.(0);
    }
  }
}

describe('DiskJobFiles', () => {
  let stage: JobFilesStage;

  beforeEach(() => {
    stage = new JobFilesStage();
  });

  afterEach(() => stage.remove());

  describe('findFinished', () => {
    it('gives the transcript of these very bytes', async () => {
      const job = stage.transcribed('talks/talk.mp3');
      const files = stage.files();
      assert.equal(await files.findFinished(job.recording, signal), undefined);
      await files.saveSidecar(job, transcript);
      const finished = await files.findFinished(job.recording, signal);
      assert.deepEqual(finished, { body: transcript, sha256 });
    });

    it('fails with the right failure when it is cancelled or the recording is gone', async () => {
      const job = stage.transcribed('talks/talk.mp3');
      const files = stage.files();
      await files.saveSidecar(job, transcript);
      await failureOf(files.findFinished(job.recording, AbortSignal.abort()), 'cancelled');
      rmSync(job.recording.path);
      const { subject } = await failureOf(files.findFinished(job.recording, signal), 'recordingMissing');
      assert.equal(subject, 'talk.mp3');
    });
  });

  describe('locate', () => {
    it('does not read a recording that was not touched', async () => {
      const job = stage.transcribed('talks/talk.mp3');
      const other = { ...job, stage: { ...job.stage, sha256: 'another' } };
      assert.equal(await stage.files().locate(other, signal), other);
    });

    it('knows it by its bytes when only its time has changed', async () => {
      const job = stage.transcribed('talks/talk.mp3');
      utimesSync(job.recording.path, 1000, 2000);
      const located = await stage.files().locate(job, signal);
      assert.deepEqual(located, { ...job, recording: { ...job.recording, modifiedMs: 2_000_000 } });
    });

    const moves: readonly (readonly [string, from: string, to: string])[] = [
      ['was renamed', 'talks/talk.mp3', 'talks/speech.mp3'],
      ['got another extension', 'talks/talk.mp3', 'talks/talk.MPGA'],
      ['keeps an extension that recordings do not have', 'talks/talk.ts', 'talks/speech.ts'],
      ['is in a folder below', 'talks/talk.mp3', 'talks/old/talk.mp3'],
      ['is elsewhere in the workspace', 'talks/talk.mp3', 'work/a/b/c/talk.mp3'],
    ];
    for (const [what, from, to] of moves) {
      it(`finds a recording that ${what}, and where its note belongs now`, async () => {
        const job = stage.transcribed(from);
        mkdirSync(path.dirname(stage.at(to)), { recursive: true });
        renameSync(stage.at(from), stage.at(to));
        const located = await stage.files({ searchRoots: () => [stage.at('work')] }).locate(job, signal);
        assert.deepEqual(located, {
          ...job,
          recording: { ...job.recording, path: stage.at(to), name: path.basename(to) },
          notePath: stage.at(to).replace(/\.[^.]+$/, '.md'),
        });
      });
    }

    it('finds a recording whose folder was renamed, also for a note that had to wait', async () => {
      const job = stage.transcribed('talks/talk.mp3');
      renameSync(stage.at('talks'), stage.at('speeches'));
      const located = await stage.files().locate(saved(job), signal);
      assert.equal(located.recording.path, stage.at('speeches/talk.mp3'));
      assert.equal(located.stage.phase, 'saved');
    });

    it('finds the recording behind another file that has taken its place', async () => {
      const job = stage.transcribed('talks/talk.mp3');
      renameSync(job.recording.path, stage.at('talks/first.mp3'));
      writeFileSync(job.recording.path, 'other');
      const located = await stage.files().locate(job, signal);
      assert.equal(located.recording.name, 'first.mp3');
    });

    it('says where the transcript is kept when the recording is gone', async () => {
      const job = stage.transcribed('talks/talk.mp3');
      const other = Buffer.from(bytes).fill(0, 500);
      for (const place of ['talks/same-size.mp3', 'node_modules/talk.mp3', '.hidden/talk.mp3']) {
        mkdirSync(path.dirname(stage.at(place)), { recursive: true });
        writeFileSync(stage.at(place), place.startsWith('talks') ? other : bytes);
      }
      rmSync(job.recording.path);
      const files = stage.files({ searchRoots: () => [stage.at(''), stage.at('nowhere')] });
      const { subject, keptAt, transcriptId } = await failureOf(files.locate(job, signal), 'recordingGone');
      assert.deepEqual(
        { subject, keptAt, transcriptId },
        { subject: 'talk.mp3', keptAt: '/kept/job-1.json', transcriptId: 'id-1' },
      );
    });

    it('does without a recording beside which nothing is saved, but finds it if it can', async () => {
      const job = saved(stage.transcribed('talks/talk.mp3'), false);
      renameSync(job.recording.path, stage.at('talks/speech.mp3'));
      assert.equal((await stage.files().locate(job, signal)).recording.name, 'speech.mp3');
      rmSync(stage.at('talks/speech.mp3'));
      assert.equal(await stage.files().locate(job, signal), job);
      const withSidecar = { ...job, stage: { ...job.stage, hasSidecar: true } };
      await failureOf(stage.files().locate(withSidecar, signal), 'recordingGone');
    });

    it('does not search all of the recording’s folder, which may be the home folder', async () => {
      const job = stage.transcribed('talks/talk.mp3');
      mkdirSync(stage.at('talks/old/older'), { recursive: true });
      renameSync(job.recording.path, stage.at('talks/old/older/talk.mp3'));
      await failureOf(stage.files().locate(job, signal), 'recordingGone');
    });

    it('tells apart a recording that has changed and one that is gone', async () => {
      const job = stage.transcribed('talks/talk.mp3');
      appendFileSync(job.recording.path, 'x');
      const { keptAt } = await failureOf(stage.files().locate(job, signal), 'recordingReplaced');
      assert.equal(keptAt, '/kept/job-1.json');
      writeFileSync(job.recording.path, Buffer.from(bytes).fill(0, 500));
      utimesSync(job.recording.path, 1000, 2000);
      await failureOf(stage.files().locate(job, signal), 'recordingReplaced');
    });

    it('ends when it is cancelled', async () => {
      const job = stage.transcribed('talks/talk.mp3');
      renameSync(job.recording.path, stage.at('talks/speech.mp3'));
      await failureOf(stage.files().locate(job, AbortSignal.abort()), 'cancelled');
    });
  });

  describe('saveSidecar', () => {
    it('writes once, and keeps that of another transcript', async () => {
      const job = stage.transcribed('talks/talk.mp3');
      const files = stage.files();
      assert.equal(await files.saveSidecar(job, { ...transcript, id: 'id-0' }), true);
      assert.equal(await files.saveSidecar(job, transcript), true);
      assert.equal(await files.saveSidecar(job, transcript), true);
      assert.deepEqual(stage.filesIn('talks'), ['talk.mp3', 'talk.mp3.aai.json', 'talk.mp3.id-0.aai.json']);
      assert.deepEqual(stage.told, []);
    });

    it('does without a sidecar in a folder that takes no files, and says so once', async function () {
      if (process.platform === 'win32') {
        this.skip();
      }
      const jobs = [stage.transcribed('talks/a.mp3'), stage.transcribed('talks/b.mp3')];
      const files = stage.files();
      chmodSync(stage.at(''), 0o755);
      chmodSync(stage.at('talks'), 0o555);
      await asOtherUser(async () => {
        for (const job of jobs) {
          assert.equal(await files.saveSidecar(job, transcript), false);
        }
      });
      assert.deepEqual(stage.told, [
        `The folder ${stage.at('talks')} is not writable (EACCES): transcripts of its recordings are kept in /kept instead.`,
      ]);
      assert.deepEqual(stage.filesIn('talks'), ['a.mp3', 'b.mp3']);
    });

    it('fails, and says where the transcript is kept, where the folder does take files', async () => {
      const job = stage.transcribed('talks/talk.mp3');
      rmSync(stage.at('talks'), { recursive: true });
      const failure = await failureOf(stage.files().saveSidecar(job, transcript), 'sidecarUnwritable');
      const { code, keptAt, subject, transcriptId } = failure;
      assert.equal(keptAt, '/kept/job-1.json');
      assert.equal(subject, 'talk.mp3');
      assert.equal(transcriptId, 'id-1');
      assert.equal(code, 'ENOENT');
    });

    it('does not make a folder anew that is gone, or is a file now', async () => {
      const job = stage.transcribed('talks/talk.mp3');
      rmSync(stage.at('talks'), { recursive: true });
      await failureOf(stage.files().saveSidecar(job, transcript), 'sidecarUnwritable');
      assert.deepEqual(stage.filesIn(''), []);
      writeFileSync(stage.at('talks'), '');
      await failureOf(stage.files().saveSidecar(job, transcript), 'sidecarUnwritable');
    });
  });

  describe('saveNote', () => {
    it('writes the note once, even when it is called twice', async () => {
      const job = stage.transcribed('talks/talk.mp3');
      await stage.files().saveSidecar(job, transcript);
      const first = await stage.files().saveNote(saved(job), parseTranscript(transcript));
      const second = await stage.files().saveNote(saved(job), parseTranscript(transcript));
      assert.equal(first, stage.at('talks/talk.md'));
      assert.equal(second, first);
      assert.deepEqual(stage.filesIn('talks'), ['talk.md', 'talk.mp3', 'talk.mp3.aai.json']);
      const note = readFileSync(first, 'utf8');
      assert.match(note, /^recording: talk\.mp3$/m);
      assert.match(note, /^created: 2026-11-22T09:30:00Z$/m);
    });

    it('knows its note under another name, even when the first one is free again', async () => {
      const job = saved(stage.transcribed('talks/talk.mp3'));
      writeFileSync(stage.at('talks/talk.md'), 'mine');
      const note = await stage.files().saveNote(job, parseTranscript(transcript));
      assert.equal(note, stage.at('talks/talk-2.md'));
      assert.equal(readFileSync(stage.at('talks/talk.md'), 'utf8'), 'mine');
      appendFileSync(note, '\nEdited.\n');
      rmSync(stage.at('talks/talk.md'));
      assert.equal(await stage.files().saveNote(job, parseTranscript(transcript)), note);
      assert.deepEqual(stage.filesIn('talks'), ['talk-2.md', 'talk.mp3']);
    });

    it('writes another note for another transcript of the same recording', async () => {
      const job = saved(stage.transcribed('talks/talk.mp3'));
      await stage
        .files()
        .saveNote(
          { ...job, stage: { ...job.stage, transcriptId: 'id-0' } },
          parseTranscript({ ...transcript, id: 'id-0' }),
        );
      assert.equal(
        await stage.files().saveNote(job, parseTranscript(transcript)),
        stage.at('talks/talk-2.md'),
      );
    });

    it('writes each translation into its own note, once, where the settings want that', async () => {
      const job = saved(stage.transcribed('talks/talk.mp3'));
      const body = { ...transcript, translated_texts: { de: 'Hallo.', '../x': 'Oh.' } };
      const layoutOf = (): NoteLayout => ({ ...wholeLayout, hasTranslationNotes: true });
      await stage.files({ layoutOf }).saveNote(job, parseTranscript(body));
      const notes = ['talk.de.md', 'talk.md', 'talk.mp3', 'talk.x.md'];
      assert.deepEqual(stage.filesIn('talks'), notes);
      assert.match(readFileSync(stage.at('talks/talk.de.md'), 'utf8'), /^Hallo\.$/m);
      assert.doesNotMatch(readFileSync(stage.at('talks/talk.md'), 'utf8'), /Hallo/);
      // As after a crash between them.
      rmSync(stage.at('talks/talk.md'));
      await stage.files({ layoutOf }).saveNote(job, parseTranscript(body));
      assert.deepEqual(stage.filesIn('talks'), notes);
    });

    for (const [script, name] of [
      ['Japanese', '会'.repeat(72)],
      ['Latin', 'x'.repeat(251)],
      ['composed', 'é'.normalize('NFD').repeat(82)],
    ] as const) {
      it(`writes all files of a recording with a long ${script} name, and all of another transcript`, async () => {
        const layoutOf = (): NoteLayout => ({ ...wholeLayout, hasTranslationNotes: true });
        const files = stage.files({
          layoutOf,
          notePathOf: (file) => file.replace(/\.mp3$/, '.transcript.md'),
        });
        const recording = `talks/${name}.mp3`;
        const job = stage.transcribed(recording);
        const notePath = stage.at(`talks/${name}.transcript.md`);
        await files.ensureWritable(notePath);
        for (const id of ['id-1', 'id-2', 'id-3']) {
          const body = { ...transcript, id, translated_texts: { de: 'Hallo.' } };
          const of = { ...job, notePath, stage: { ...job.stage, transcriptId: id } };
          assert.equal(await files.saveSidecar(of, body), true);
          const note = await files.saveNote(saved(of), parseTranscript(body));
          assert.equal(await files.saveNote(saved(of), parseTranscript(body)), note);
        }
        const written = stage.filesIn('talks');
        assert.equal(written.filter((each) => each.endsWith('.aai.json')).length, 3);
        assert.equal(written.filter((each) => each.endsWith('.md')).length, 6);
        assert.equal(written.length, 10);
      });
    }

    it('sweeps what crashes left beside the recording and the note, but nothing that may be at work', async () => {
      const job = { ...saved(stage.transcribed('talks/talk.mp3')), notePath: stage.at('notes/talk.md') };
      mkdirSync(stage.at('notes'));
      const leftovers = ['talks/.a.steno-tmp', 'notes/.b.steno-tmp'];
      const atWork = ['talks/.c.steno-tmp', 'notes/.d.steno-tmp'];
      [...leftovers, ...atWork].forEach((name) => writeFileSync(stage.at(name), ''));
      const clock = new JumpingClock();
      const aMinuteAgo = clock.now() / 1000 - 60;
      leftovers.forEach((name) => utimesSync(stage.at(name), aMinuteAgo - 1, aMinuteAgo - 1));
      atWork.forEach((name) => utimesSync(stage.at(name), aMinuteAgo + 1, aMinuteAgo + 1));
      await stage.files({ clock }).saveNote(job, parseTranscript(transcript));
      assert.deepEqual(stage.filesIn('notes'), ['.d.steno-tmp', 'talk.md']);
      assert.deepEqual(stage.filesIn('talks'), ['.c.steno-tmp', 'talk.mp3']);
    });

    it('says where the transcript is kept when the note cannot be written', async () => {
      const job = saved(stage.transcribed('talks/talk.mp3'));
      const below = { ...job, notePath: stage.at('talks/talk.mp3/talk.md') };
      const failure = await failureOf(
        stage.files().saveNote(below, parseTranscript(transcript)),
        'noteUnwritable',
      );
      assert.equal(failure.keptAt, '/kept/job-1.json');
      assert.equal(failure.transcriptId, 'id-1');
    });
  });
});
