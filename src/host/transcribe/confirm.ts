import { summaryOf, type Found } from '../../core/jobs/batchSummary';
import { askUser } from '../platform/userMessages';

/**
 * Says what will be done with recordings that were chosen together and what it costs, and asks whether it is to be done.
 * Where there is nothing to do, it says so, and the answer is no.
 *
 * @param pricePerHour US dollars, 0 where nobody knows; null on this machine
 * @param destination where the recordings go, as `destinationText` has it
 * @param hasExtras whether more is asked for than that price is for
 */
export async function askToTranscribe(
  found: readonly Found[],
  pricePerHour: number | null,
  destination: string,
  hasExtras: boolean,
): Promise<boolean> {
  const { question, detail, answer } = summaryOf(found, pricePerHour, destination, hasExtras);
  const answers = answer === undefined ? [] : [answer];
  return (await askUser(question, detail, ...answers)) !== undefined;
}
