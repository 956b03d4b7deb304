import type { ShownWait, ShowWait } from '../platform/messages';
import { inParallel } from '../../core/inParallel';
import { recordingCountText } from '../../core/text';
import type { Clock } from '../../core/ports';

/** That takes patience, not a processor. */
const looksAtOnce = 8;

/** A wait that is over before can hardly be read. */
const shortWaitMs = 1000;

/**
 * Looks at recordings, in their order. Thousands of them, or some on a slow disk, take a while: that is shown.
 *
 * @returns undefined when the user has stopped it; looks that are under way are not waited for then
 */
export async function mapWithProgress<T, R>(
  recordings: readonly T[],
  { clock, showWait }: { readonly clock: Clock; readonly showWait: ShowWait },
  look: (recording: T, signal: AbortSignal) => Promise<R>,
): Promise<readonly R[] | undefined> {
  const [stop, over] = [new AbortController(), new AbortController()];
  let shown: ShownWait | undefined;
  let done = 0;
  const looking = inParallel(recordings, looksAtOnce, async (recording) => {
    stop.signal.throwIfAborted();
    const result = await look(recording, stop.signal);
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
    return await Promise.race([looking, stopped]);
  } finally {
    over.abort();
    shown?.dispose();
  }
}
