import * as path from 'node:path';
import { oneLine } from '../../core/text';
import { askBeforeLoss } from '../platform/userMessages';

/** Longer than paths are. */
const longestPath = 4096;

/** Asks whether the recording that a note names may be used, although it is outside of the workspace. */
export function askAboutNamed(recording: string, note: string): Promise<boolean> {
  const name = oneLine(path.basename(note));
  return askBeforeLoss(
    `Use a recording outside of this workspace? ${oneLine(recording, longestPath)}`,
    `The note ${name} names it. Steno would look for its transcript there, and write beside it. Allow it only if you know the place.`,
    { safe: 'Stay in Workspace', lose: 'Use It' },
  );
}
