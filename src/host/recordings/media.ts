import { open, rm } from 'node:fs/promises';
import type { ExtractedSound } from '../../protocol/mediaThread';
import { MediaThread, type MediaThreadOptions } from './mediaThread';

/** Headers are read in milliseconds; what takes longer is damaged, or lies on a disk that is slower than the answer is worth. */
const durationPatienceMs = 5000;
const soundPatienceMs = 30_000;

/** What recordings say of themselves, and the sound of videos: by a program apart, since damaged files can hang it. */
export class Media {
  private readonly durations: MediaThread;
  private readonly sounds: MediaThread;

  constructor(private readonly options: MediaThreadOptions) {
    this.durations = new MediaThread(options);
    this.sounds = new MediaThread(options);
  }

  /**
   * Seconds of a recording by its own headers; null where they do not tell.
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
   * Copies the sound of a video, as it is, into a new file that only its user can read. Undefined means that there is none
   * to be had; nothing is left behind then, nor after an abort.
   *
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
        this.options.log.info(`The sound is left in its video: ${report.reason}`);
      }
      sound = report?.kind === 'sound' ? report.sound : undefined;
      return sound;
    } finally {
      if (sound === undefined) {
        await rm(target, { force: true });
      }
    }
  }

  /** Ends the program, whatever it is at. */
  dispose(): void {
    this.durations.dispose();
    this.sounds.dispose();
  }

  /** Makes an empty file of that name; false where there is one already, or none can be made. */
  private async isCreated(target: string): Promise<boolean> {
    try {
      await (await open(target, 'wx', 0o600)).close();
      return true;
    } catch (thrown) {
      this.options.log.info(`There is no place for the sound of a video: ${String(thrown)}`);
      return false;
    }
  }
}
