import { promises } from 'node:fs';
import { GenerationNames } from '../../node/generationNames';

/** The names of the records of open jobs: `<id>.<generation>.json`. */
export const openRecordNames = new GenerationNames(/[0-9a-f]{32}/, '.json');

/** Whether there is an open job. The extension asks this before it loads anything else, so only names are read. */
export async function hasOpenJobs(folder: string): Promise<boolean> {
  const names = await promises.readdir(folder).catch(() => []);
  return names.some((name) => openRecordNames.parse(name) !== undefined);
}
