import { openRecording } from './openRecording';

/**
 * How many seconds a recording takes, by what is in it, whatever its name says. Only its beginning, its end and some places
 * between are read. Null where it does not say, and for whatever is no recording.
 */
export async function durationOf(path: string): Promise<number | null> {
  try {
    const recording = await openRecording(path);
    await recording.close();
    return recording.seconds ?? null;
  } catch {
    // Damaged, or no longer there: whoever sends it will find out, and say so.
    return null;
  }
}
