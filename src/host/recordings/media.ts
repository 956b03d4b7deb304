import { open, rm } from 'node:fs/promises';
import type { ExtractedSound } from '../../protocol/mediaThread';
import { MediaProgram, type MediaProgramOptions } from './mediaProgram';

/** Headers are read in milliseconds. A file that takes longer is damaged, or on a disk that is not worth waiting for. */
const durationPatienceMs = 5000;
const soundPatienceMs = 30_000;

/** Reads durations of recordings and extracts the sound of videos, in threads that can be ended when a file hangs them. */
export class Media {
  private readonly durations: MediaProgram;
  private readonly sounds: MediaProgram;

  constructor(private readonly options: MediaProgramOptions) {
    this.durations = new MediaProgram(options);
    this.sounds = new MediaProgram(options);
  }

  /**
   * The duration of a recording in seconds, from its headers; null when they do not tell.
   *
   * @throws the reason of the signal
   */
  async duration(path: string, signal: AbortSignal): Promise<number | null> {
    const report = await this.durations.carryOut(
      { kind: 'duration', path },
      { signal, patienceMs: durationPatienceMs },
    );
    return report?.kind === 'duration' ? report.seconds : null;
  }

  /**
   * Copies the sound of a video, without converting it, into a new file that only the user can read.
   *
   * @returns undefined when the sound cannot be extracted; then, and after an abort, the new file is removed
   * @throws the reason of the signal
   */
  async extractSound(
    source: string,
    target: string,
    { signal, onProgress }: { signal: AbortSignal; onProgress: (fraction: number) => void },
  ): Promise<ExtractedSound | undefined> {
    signal.throwIfAborted();
    if (!(await this.isCreated(target))) {
      return undefined;
    }
    let sound: ExtractedSound | undefined;
    try {
      const order = { kind: 'extractSound', source, target } as const;
      const report = await this.sounds.carryOut(order, { signal, patienceMs: soundPatienceMs, onProgress });
      if (report?.kind === 'refused') {
        this.options.log.info(`Could not extract the sound of the video: ${report.reason}`);
      }
      sound = report?.kind === 'sound' ? report.sound : undefined;
      return sound;
    } finally {
      if (sound === undefined) {
        await rm(target, { force: true });
      }
    }
  }

  /** Ends both threads, even in the middle of an order. */
  dispose(): void {
    this.durations.dispose();
    this.sounds.dispose();
  }

  /** Creates an empty file; false when that path is taken or cannot be written. */
  private async isCreated(target: string): Promise<boolean> {
    try {
      await (await open(target, 'wx', 0o600)).close();
      return true;
    } catch (thrown) {
      this.options.log.info(`Could not create a file for the sound of a video: ${String(thrown)}`);
      return false;
    }
  }
}
