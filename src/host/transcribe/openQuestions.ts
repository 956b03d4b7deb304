import * as path from 'node:path';
import { Failure } from '../../core/failures/failure';

/** The recordings about which a question is open, so that a second click does not ask a second time. */
export class OpenQuestions {
  private readonly open = new Set<string>();

  /**
   * Does work during which a question about files may be open.
   * @throws Failure `alreadyRunning` when there is one about any of them
   */
  async during<T>(files: readonly string[], work: () => Promise<T>): Promise<T> {
    const keys = files.map((file) => file.normalize('NFC'));
    const asked = keys.find((key) => this.open.has(key));
    if (asked !== undefined) {
      throw new Failure('alreadyRunning', 'Its question is open', { subject: path.basename(asked) });
    }
    keys.forEach((key) => this.open.add(key));
    try {
      return await work();
    } finally {
      keys.forEach((key) => this.open.delete(key));
    }
  }
}
