import type { AssemblyAiClient } from '../../assemblyai/client';
import { asFailure } from '../../core/failures/failure';
import type { Connector } from './connector';
import { logFailure, reportFailure } from '../platform/reportFailure';
import { showWait } from '../platform/userMessages';
import type { Log } from '../../core/ports';

/** Does something at AssemblyAI, unless there is no key and the user gives up. */
export async function atAssemblyAi(
  connector: Pick<Connector, 'openAssemblyAi'>,
  work: (client: AssemblyAiClient) => Promise<void>,
): Promise<void> {
  const connection = await connector.openAssemblyAi();
  try {
    await (connection && work(connection.client));
  } finally {
    await connection?.close();
  }
}

/** Does something that takes long, and shows that. The user can stop it, which aborts the signal. */
export async function whileWaiting<T>(
  title: string,
  work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Promise<T> {
  const cancel = new AbortController();
  const wait = showWait(title, () => cancel.abort());
  try {
    return await work(cancel.signal, (message) => wait.report(message));
  } finally {
    wait.dispose();
  }
}

/**
 * Does what a user chose, and reports a failure with a button to try again. Never rejects.
 *
 * @param saveElsewhere lets the user choose another folder for the file that could not be written, and does it there
 */
export async function attempt(
  log: Log,
  subject: string,
  action: () => Promise<void>,
  saveElsewhere?: () => Promise<void>,
): Promise<void> {
  try {
    await action();
  } catch (thrown) {
    const failure = asFailure(thrown);
    // A user who cancelled it knows.
    if (failure.kind !== 'cancelled') {
      logFailure(log, subject, failure);
      const retry = (): Promise<void> => attempt(log, subject, action, saveElsewhere);
      await reportFailure(failure, retry, saveElsewhere && { saveElsewhere });
    }
  }
}
