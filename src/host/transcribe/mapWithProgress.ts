import { inParallel } from '../../core/inParallel';
import type { Clock } from '../../core/ports';
import { recordingCountText } from '../../core/text';
import type { ShownWait, ShowWait } from '../platform/userMessages';

/** Inspecting takes time, not much of the processor. */
const inspectedAtOnce = 8;

/** A shorter wait would be over before its message could be read. */
const shortWaitMs = 1000;

/**
 * Inspects recordings, and gives the results in their order. Shows progress when it takes longer, because there are
 * thousands or the disk is slow.
 *
 * @returns undefined when the user has stopped it, without waiting for inspections that are under way
 */
export async function mapWithProgress<T, R>(
  recordings: readonly T[],
  { clock, showWait }: { readonly clock: Clock; readonly showWait: ShowWait },
  inspect: (recording: T, signal: AbortSignal) => Promise<R>,
): Promise<readonly R[] | undefined> {
  const [stop, over] = [new AbortController(), new AbortController()];
  let shown: ShownWait | undefined;
  let done = 0;
  const inspecting = inParallel(recordings, inspectedAtOnce, async (recording) => {
    stop.signal.throwIfAborted();
    const result = await inspect(recording, stop.signal);
    done++;
    shown?.report(`${done} of ${recordings.length}`);
    return result;
  });
  const stopped = new Promise<undefined>((resolve) => {
    stop.signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  clock.sleep(shortWaitMs, over.signal).then(
    () => (shown = showWait(`Looking at ${recordingCountText(recordings.length)}`, () => stop.abort())),
    () => undefined,
  );
  try {
    return await Promise.race([inspecting, stopped]);
  } finally {
    over.abort();
    shown?.dispose();
  }
}
