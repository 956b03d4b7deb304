import { setTimeout } from 'node:timers/promises';
import { retryWhileHeld } from '../../core/heldFile';

/** Does something with a file, and again a few times as long as another program holds it. */
export function whileHeld(action: () => Promise<void>, pauseMs = 50): Promise<void> {
  return retryWhileHeld(action, () => setTimeout(pauseMs));
}
