import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import { asFailure, Failure, type FailureFacts, type FailureKind } from '../../core/failures/failure';
import { isIn, type Job, type JobIn } from '../../core/jobs/job';
import type { Finished, JobFiles, Payload } from '../../core/jobs/jobFiles';
import { addressInNote } from '../../core/note/addressInNote';
import type { NoteLayout } from '../../core/note/noteLayout';
import type { Recording } from '../../core/ports';
import type { Transcript, TranscriptBody } from '../../core/transcript/model';
import { diskFailure } from '../../node/diskFailure';
import { codeOf } from '../../node/errorCode';
import { exists, removeTemporary, sweepTemporary } from '../../node/files';
import { ensureWritable, findNoteOfTranscript } from '../note/noteFile';
import { findFinishedTranscript, writeSidecar } from '../note/sidecarFile';
import { writeNote } from '../note/writeNote';
import { locateRecording } from '../recordings/locateRecording';
import { PayloadMaker, type PayloadMakerOptions } from './payloadMaker';

export interface DiskJobFilesOptions extends PayloadMakerOptions {
  /** Folders to search for a recording that was moved. */
  readonly searchRoots: () => readonly string[];
  /** Where the settings want the note of a recording. */
  readonly notePathOf: (recordingPath: string) => string;
  /** What a note at a path shows. */
  readonly layoutOf: (notePath: string) => NoteLayout;
  /** Where the transcript of a job is kept until it is saved. */
  readonly keptPath: (jobId: string) => string;
  /** Tells the user something in passing. */
  readonly tell: (message: string) => void;
}

/** Error codes of a folder that never takes files: on read-only media, of another user, or with too long a path. */
const takesNoFiles: readonly (string | undefined)[] = ['EROFS', 'EACCES', 'EPERM', 'ENAMETOOLONG'];

/** No program that writes a file leaves it alone for so long. */
const writeMs = 60_000;

/** The user's files, on disk. */
export class DiskJobFiles implements JobFiles {
  private readonly payloads: PayloadMaker;
  /** Folders without sidecars that the user was told of: once is enough for a hundred recordings. */
  private readonly toldOf = new Set<string>();

  private readonly beganMs: number;

  constructor(private readonly options: DiskJobFilesOptions) {
    this.payloads = new PayloadMaker(options);
    this.beganMs = options.clock.now();
  }

  async ensureWritable(notePath: string): Promise<void> {
    await ensureWritable(notePath);
    await this.sweep(path.dirname(notePath));
  }

  async findFinished(recording: Recording, signal: AbortSignal): Promise<Finished | undefined> {
    if (recording.url !== undefined) {
      return undefined;
    }
    try {
      const sidecar = await findFinishedTranscript(recording, signal);
      return sidecar && { body: sidecar.transcript, sha256: sidecar.sha256 };
    } catch (thrown) {
      throw signal.aborted ? asFailure(thrown) : diskFailure(thrown, recording.name);
    }
  }

  makePayload(job: Job, signal: AbortSignal, onProgress: (fraction: number) => void): Promise<Payload> {
    return this.payloads.make(job, signal, onProgress);
  }

  /**
   * Also for a `saved` job, whose note may have had to wait. Fails with `recordingGone` or `recordingReplaced`, unless
   * nothing was saved beside the recording: then the note does not need it.
   */
  async locate<J extends JobIn<'transcribed' | 'saved'>>(job: J, signal: AbortSignal): Promise<J> {
    const { notePath, recording, stage } = job;
    if (isIn(job, 'saved') && (await findNoteOfTranscript(notePath, stage.transcriptId)) !== undefined) {
      // The note was written before a crash. The recording may have been moved since.
      return job;
    }
    const found = await this.find(recording, stage.sha256, signal);
    if (found === recording || (found === undefined && isIn(job, 'saved') && !job.stage.hasSidecar)) {
      return job;
    }
    if (found === undefined) {
      const kind = (await exists(recording.path)) ? 'recordingReplaced' : 'recordingGone';
      throw this.failure(kind, job, `It is not at ${recording.path}`);
    }
    if (found.path === recording.path) {
      return { ...job, recording: found };
    }
    this.options.log.info(`${recording.name} is at ${found.path} now`);
    return { ...job, recording: found, notePath: this.options.notePathOf(found.path) };
  }

  async saveSidecar(job: JobIn<'transcribed'>, body: TranscriptBody): Promise<boolean> {
    const { recording, stage } = job;
    try {
      // A folder that is gone must not be made again: its recording would not be in it.
      await (recording.url === undefined && stat(path.dirname(recording.path)));
      await writeSidecar(recording, {
        source: recording.url === undefined ? recording.name : addressInNote(recording.url),
        transcript: body,
        sha256: stage.sha256,
      });
      return true;
    } catch (thrown) {
      const code = codeOf(thrown);
      if (!takesNoFiles.includes(code)) {
        const { message } = asFailure(thrown);
        throw this.failure('sidecarUnwritable', job, message, { code, cause: thrown });
      }
      this.tellOfFolder(job, code ?? '');
      return false;
    }
  }

  async saveNote(job: JobIn<'saved'>, transcript: Transcript): Promise<string> {
    const { chosenMs: createdMs, notePath, recording, stage } = job;
    try {
      await removeTemporary(notePath, stage.transcriptId);
      const written = await findNoteOfTranscript(notePath, stage.transcriptId);
      const layout = this.options.layoutOf(notePath);
      const note = written ?? (await writeNote({ recording, transcript, notePath, createdMs, layout }));
      await Promise.all([notePath, recording.path].map((file) => this.sweep(path.dirname(file))));
      return note;
    } catch (thrown) {
      throw asFailure(thrown).with({ keptAt: this.options.keptPath(job.id) });
    }
  }

  /** Removes temporary files that crashes left: nothing has written to them since this window began, nor for a minute. */
  private async sweep(folder: string): Promise<void> {
    const { beganMs, options } = this;
    await sweepTemporary(folder, Math.min(beganMs, options.clock.now() - writeMs));
  }

  private async find(
    recording: Recording,
    sha256: string | null,
    signal: AbortSignal,
  ): Promise<Recording | undefined> {
    if (sha256 === null) {
      // A recording on the web cannot have been moved here.
      return recording;
    }
    try {
      return await locateRecording(recording, sha256, this.options.searchRoots(), signal);
    } catch (thrown) {
      throw asFailure(thrown);
    }
  }

  private tellOfFolder({ id, instructions, recording }: Job, code: string): void {
    const { keptPath, log, tell } = this.options;
    const folder = path.dirname(recording.path);
    log.warn(`No sidecar beside ${recording.path}: ${code}`);
    if (!this.toldOf.has(folder)) {
      this.toldOf.add(folder);
      const kept = path.dirname(keptPath(id));
      // A transcript that only Steno has is not safe yet.
      const rest = instructions.deleteAfterwards ? ' They are not deleted at the service.' : '';
      tell(
        `The folder ${folder} is not writable (${code}): transcripts of its recordings are kept in ${kept} instead.${rest}`,
      );
    }
  }

  /** A failure after the transcript was finished, which also tells where the transcript is. */
  private failure(
    kind: FailureKind,
    { id, recording, stage }: JobIn<'transcribed' | 'saved'>,
    message: string,
    facts: FailureFacts = {},
  ): Failure {
    const { transcriptId } = stage;
    const keptAt = this.options.keptPath(id);
    return new Failure(kind, message, { ...facts, subject: recording.name, transcriptId, keptAt });
  }
}
