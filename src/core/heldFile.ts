/** What Windows answers about a file that another program, such as a virus scanner, is looking at just now. */
const heldCodes: readonly unknown[] = ['EACCES', 'EBUSY', 'EPERM'];

const mostTries = 10;

const isHeld = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && heldCodes.includes(thrown.code);

/** Does something with a file, and again a few times, with a pause before each, as long as another program holds it. */
export async function retryWhileHeld(
  action: () => Promise<void>,
  pause: () => Promise<unknown>,
): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      await action();
      return;
    } catch (thrown) {
      if (tried === mostTries || !isHeld(thrown)) {
        throw thrown;
      }
      await pause();
    }
  }
}
