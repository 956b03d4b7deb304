import { promises } from 'node:fs';
import { Generations } from '../../node/generations';

/** The records of open jobs in the journal's folder: `<id>.<generation>.json`. */
export function openRecordsIn(folder: string): Generations {
  return new Generations(folder, /[0-9a-f]{32}/, '.json');
}

/** Whether there is an open job. The extension asks this before it loads anything else, so only names are read. */
export async function hasOpenJobs(folder: string): Promise<boolean> {
  const names = await promises.readdir(folder).catch(() => []);
  const records = openRecordsIn(folder);
  return names.some((name) => records.parse(name) !== undefined);
}
