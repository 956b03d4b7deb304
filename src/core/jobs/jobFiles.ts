import type { Recording } from '../ports';
import type { Transcript, TranscriptBody } from '../transcript/model';
import type { Job, JobIn } from './job';

/** What is sent for a recording: the recording itself, or the sound of a video. */
export interface Payload {
  /** The file that is sent. Its `name` is that of the recording. */
  readonly file: Recording;
  /** SHA-256 of the recording, where making the payload read all of it; otherwise the upload tells. */
  readonly sha256: string | undefined;
  /** How much smaller the payload is than the recording. */
  readonly savedBytes: number;
  /** Removes what was made for the payload. */
  dispose(): Promise<void>;
}

/** A finished transcript, and the bytes that it was made from. */
export interface Finished {
  readonly body: TranscriptBody;
  /** Lower-case hex; null where the bytes were never read here. */
  readonly sha256: string | null;
}

/** Jobs on disk. Each belongs to one window, and only that window may write it. */
export interface JobJournal {
  /**
   * Writes a job down. Once it resolves, the job would survive a crash.
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
  /** The finished transcript beside a recording, if it was made from the very bytes that are there now. */
  findFinished(recording: Recording, signal: AbortSignal): Promise<Finished | undefined>;
  /** Fails with `noteUnwritable`, before anything is paid. */
  ensureWritable(notePath: string): Promise<void>;
  /** Makes what is sent of the recording, which may take a while. `onProgress` is told the part that is done, 0 to 1. */
  makePayload(job: Job, signal: AbortSignal, onProgress: (fraction: number) => void): Promise<Payload>;
  /**
   * The job with its recording where it is now, and with the place for its note. A moved recording is found by its
   * bytes. Fails with `recordingGone` or `recordingReplaced`.
   */
  locate<J extends JobIn<'transcribed' | 'saved'>>(job: J, signal: AbortSignal): Promise<J>;
  /** Writes the sidecar, once; false where its folder takes no files. Fails with `sidecarUnwritable`. */
  saveSidecar(job: JobIn<'transcribed'>, body: TranscriptBody): Promise<boolean>;
  /** Writes the note and returns its path. Where the transcript has a note already, returns the path of that. */
  saveNote(job: JobIn<'saved'>, transcript: Transcript): Promise<string>;
}
