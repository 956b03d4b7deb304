import { openRecording } from './openRecording';

/**
 * How many seconds a recording takes, by its contents; see `openRecording`. Null where it does not say, and for files that are
 * no recordings.
 */
export async function durationOf(path: string): Promise<number | null> {
  try {
    const recording = await openRecording(path);
    await recording.close();
    return recording.seconds ?? null;
  } catch {
    // Damaged, or no longer there: sending it will fail, and say why.
    return null;
  }
}
