import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { RecordingFile } from '../../node/recordingFile';
import { asFailure, speechServerHost } from '../../core/failures/failure';
import type { Job } from '../../core/jobs/job';
import type { Payload } from '../../core/jobs/jobFiles';
import { isVideoName } from '../../core/recordings/recordingNames';
import { checkSize } from '../recordings/inspectRecording';
import { sha256Of } from '../../node/sha256Of';
import { formatBytes } from '../../core/text';
import type { Clock, Log, Recording } from '../../core/ports';

/** Copies the sound out of a video without decoding it. */
export interface SoundExtractor {
  /**
   * Writes the sound of a video into a new file. Where it cannot, it resolves with undefined or rejects, and leaves
   * nothing behind.
   */
  extractSound(
    source: string,
    target: string,
    options: { readonly signal: AbortSignal; readonly onProgress: (fraction: number) => void },
  ): Promise<{ readonly bytes: number } | undefined>;
}

export interface PayloadMakerOptions {
  readonly media: SoundExtractor;
  /** Whether the user wants to send only the sound of videos. */
  readonly soundOnly: () => boolean;
  /** Whether a service is on this machine, so that nothing is sent over a network. */
  readonly isLocal: (service: string) => boolean;
  /** The folder for the sound of videos until it is sent. */
  readonly scratch: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** How much of the video its sound may be: saving less than a tenth is not worth another file. */
const largestShare = 0.9;

/** No job that is at work leaves its file unchanged for so long. */
const leftoverMs = 2 * 24 * 60 * 60 * 1000;

/** Decides what is sent of a recording, and creates it. */
export class PayloadMaker {
  constructor(private readonly options: PayloadMakerOptions) {}

  /**
   * The sound of a video where that is wanted, possible and worthwhile; otherwise the recording itself.
   *
   * @throws Failure `recording…` when the file is not the one that the job began with, `tooLarge`, `cancelled`
   */
  async make(job: Job, signal: AbortSignal, onProgress: (fraction: number) => void): Promise<Payload> {
    const { isLocal, soundOnly } = this.options;
    await this.removeLeftovers(job.id);
    const isVideo = isVideoName(job.recording.name);
    const mayHelp = isVideo && soundOnly() && !isLocal(job.service);
    const payload = (mayHelp ? await this.sound(job, signal, onProgress) : undefined) ?? whole(job.recording);
    try {
      checkSize(payload.file.sizeBytes, job.recording.name);
      return payload;
    } catch (thrown) {
      await payload.dispose();
      throw isLocal(job.service) ? asFailure(thrown).with({ host: speechServerHost }) : thrown;
    }
  }

  /** Undefined when the whole recording must be sent. The recording is hashed meanwhile, since the upload does not see it. */
  private async sound(
    { id, recording }: Job,
    signal: AbortSignal,
    onProgress: (fraction: number) => void,
  ): Promise<Payload | undefined> {
    const { scratch } = this.options;
    const target = path.join(scratch, `${id}.${randomUUID()}.sound`);
    await checkUnchanged(recording);
    const stop = new AbortController();
    const hashing = sha256Of(recording.path, AbortSignal.any([signal, stop.signal])).catch(() => undefined);
    const file = await this.extract(recording, target, signal, onProgress);
    if (file === undefined) {
      stop.abort();
    }
    const sha256 = await hashing;
    try {
      signal.throwIfAborted();
      await checkUnchanged(recording);
    } catch (thrown) {
      await remove(target);
      throw asFailure(thrown);
    }
    if (file === undefined || sha256 === undefined) {
      await remove(target);
      return undefined;
    }
    return {
      file,
      sha256,
      savedBytes: recording.sizeBytes - file.sizeBytes,
      dispose: () => remove(target),
    };
  }

  /** Never rejects: when anything goes wrong here, the recording can still be sent whole. */
  private async extract(
    recording: Recording,
    target: string,
    signal: AbortSignal,
    onProgress: (fraction: number) => void,
  ): Promise<Recording | undefined> {
    const { log, media, scratch } = this.options;
    const { name, path: source, sizeBytes: wholeBytes } = recording;
    try {
      await mkdir(scratch, { recursive: true, mode: 0o700 });
      if ((await media.extractSound(source, target, { signal, onProgress })) === undefined) {
        log.info(`${name} is sent whole: its sound cannot be taken out`);
        return undefined;
      }
      const { size: sizeBytes, mtimeMs: modifiedMs } = await stat(target);
      const comparison = `its sound has ${formatBytes(sizeBytes)} of its ${formatBytes(wholeBytes)}`;
      if (sizeBytes > largestShare * wholeBytes) {
        log.info(`${name} is sent whole: ${comparison}`);
        return undefined;
      }
      log.info(`Only the sound of ${name} is sent: ${comparison}`);
      return { path: target, name, sizeBytes, modifiedMs };
    } catch (thrown) {
      log.warn(`${name} is sent whole: ${asFailure(thrown).message}`);
      return undefined;
    }
  }

  /** Removes what crashes left: files of this job, on which no other window works, and any old file. */
  private async removeLeftovers(jobId: string): Promise<void> {
    const { clock, scratch } = this.options;
    for (const name of await readdir(scratch).catch(() => [])) {
      const file = path.join(scratch, name);
      const modifiedMs = await stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => Infinity,
      );
      if (name.startsWith(`${jobId}.`) || clock.now() - modifiedMs > leftoverMs) {
        await remove(file);
      }
    }
  }
}

function whole(recording: Recording): Payload {
  return { file: recording, sha256: undefined, savedBytes: 0, dispose: () => Promise.resolve() };
}

/** @throws Failure as an upload of the recording would */
async function checkUnchanged(recording: Recording): Promise<void> {
  const file = await RecordingFile.open(recording);
  await file.close();
}

async function remove(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined);
}
