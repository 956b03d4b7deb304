import { setTimeout } from 'node:timers/promises';
import { codeOf } from './errorCode';

/** What Windows answers about a file that another program, such as a virus scanner, has open. */
const heldCodes: readonly (string | undefined)[] = ['EACCES', 'EBUSY', 'EPERM'];

const maxTries = 10;

/** Long enough for a virus scanner to finish. */
const heldPauseMs = 50;

/**
 * Does something with a file, and tries again while another program holds the file: ten times at most, with a pause
 * in between.
 *
 * @throws the error of the last try
 */
export async function retryWhileHeld(action: () => Promise<void>, pauseMs = heldPauseMs): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      await action();
      return;
    } catch (thrown) {
      if (tried === maxTries || !heldCodes.includes(codeOf(thrown))) {
        throw thrown;
      }
      await setTimeout(pauseMs);
    }
  }
}
