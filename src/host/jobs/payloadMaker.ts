import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { RecordingFile } from '../../node/recordingFile';
import { asFailure, speechServerHost } from '../../core/failures/failure';
import type { Job } from '../../core/jobs/job';
import type { Payload } from '../../core/jobs/jobFiles';
import { isVideoName } from '../../core/recordings/formats';
import { checkSize } from '../recordings/inspectRecording';
import { sha256Of } from '../../node/sha256Of';
import { formatBytes } from '../../core/text';
import type { Clock, Log, Recording } from '../../core/ports';

/** Takes the sound out of a video without decoding it. */
export interface SoundExtractor {
  /**
   * Writes the sound of a video into a new file. Undefined, or a rejection, means that there is none to be had; nothing
   * is left behind then.
   */
  extractSound(
    source: string,
    target: string,
    options: { readonly signal: AbortSignal; readonly onProgress: (fraction: number) => void },
  ): Promise<{ readonly bytes: number } | undefined>;
}

export interface PayloadMakerOptions {
  readonly media: SoundExtractor;
  /** Whether the user wants only the sound of videos to be sent. */
  readonly soundOnly: () => boolean;
  /** Whether a service is on this machine, where nothing is sent over a line. */
  readonly isLocal: (service: string) => boolean;
  /** Folder for the sound of videos until it is sent. */
  readonly scratch: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Of the recording: what saves less than a tenth is not worth another file. */
const worthwhile = 0.9;

/** No run that is alive leaves its file alone for so long. */
const leftoverMs = 2 * 24 * 60 * 60 * 1000;

/** Decides what is sent of a recording, and makes it. */
export class PayloadMaker {
  constructor(private readonly options: PayloadMakerOptions) {}

  /**
   * The sound of a video where that is wanted, possible and worthwhile; otherwise the recording itself.
   *
   * @throws Failure `recording…` when it is not the file that the job began with, `tooLarge`, `cancelled`
   */
  async makePayload(job: Job, signal: AbortSignal, onProgress: (fraction: number) => void): Promise<Payload> {
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

  /** Undefined when the whole recording is to be sent. It is hashed in the same time, since the upload does not see it. */
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

  /** Whatever goes wrong here, the recording can still be sent as it is. */
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
      if (sizeBytes > worthwhile * wholeBytes) {
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

  /** What dead runs left: those of this job, which nobody else works on, and whatever is old. */
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

/** @throws Failure as an upload of it would */
async function checkUnchanged(recording: Recording): Promise<void> {
  const file = await RecordingFile.open(recording);
  await file.close();
}

async function remove(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined);
}
