import type { TranscriptBody } from '../transcript/model';
import type { Job, JobIn } from './job';
import type { Recording } from '../ports';

/** What is sent of a recording: itself, or the sound of a video. */
export interface Payload {
  /** The file that is sent; its `name` is the recording's. */
  readonly file: Recording;
  /** Of the recording, where it had to be read for the payload; otherwise the upload tells. */
  readonly sha256: string | undefined;
  /** How much smaller it is than the recording. */
  readonly savedBytes: number;
  /** Removes what was made for it. */
  dispose(): Promise<void>;
}

/** A finished transcript, and the bytes that it was made from. */
export interface Finished {
  readonly body: TranscriptBody;
  /** Lower-case hex; null where nobody here has seen them. */
  readonly sha256: string | null;
}

/** Jobs on disk. Each belongs to one window, and only that one may write it. */
export interface JobJournal {
  /**
   * Writes a job down; when it resolves, the job would outlive a crash.
   * @throws Failure `takenOver` when another window has the job, `journalUnwritable`
   */
  write(job: Job): Promise<void>;
  /** @throws Failure `takenOver` when another window has the job */
  ensureOwn(id: string): Promise<void>;
  /** Keeps the transcript of a job until it is saved. @throws Failure `journalUnwritable` */
  keepTranscript(id: string, body: TranscriptBody): Promise<void>;
  /** @throws Failure `unexpected` when it is not there */
  keptTranscript(id: string): Promise<TranscriptBody>;
  /** Where the transcript of a job is kept, for people. */
  keptPath(id: string): string;
}

/** What a job does with the user's files. Every method rejects with a `Failure`. */
export interface JobFiles {
  /** The finished transcript beside the recording, if it was made from the very bytes that are there now. */
  findFinished(recording: Recording, signal: AbortSignal): Promise<Finished | undefined>;
  /** Fails with `noteUnwritable`, before anything is paid. */
  ensureWritable(notePath: string): Promise<void>;
  /** What is to be sent of the recording, which may take a while; `onProgress` tells how far it is, 0 to 1. */
  makePayload(job: Job, signal: AbortSignal, onProgress: (fraction: number) => void): Promise<Payload>;
  /**
   * The job with its recording where it is now, and the place of the note that belongs to it: found by its bytes if
   * it was moved. Fails with `recordingGone` or `recordingReplaced`.
   */
  locate<J extends JobIn<'transcribed' | 'saved'>>(job: J, signal: AbortSignal): Promise<J>;
  /** Writes the sidecar, once; false where its folder takes no files. Fails with `sidecarUnwritable`. */
  saveSidecar(job: JobIn<'transcribed'>, body: TranscriptBody): Promise<boolean>;
  /** Writes the note, once: a note of that transcript that is there already is the one. Returns its path. */
  saveNote(job: JobIn<'saved'>, body: TranscriptBody): Promise<string>;
}
