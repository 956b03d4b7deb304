import { promises } from 'node:fs';

/** The name of the file of an open job: its id, and which generation of it this is. */
export const openJobName = /^([0-9a-f]{32})\.([1-9]\d{0,14})\.json$/;

/** Whether there is a job to go on with. Asked before anything else of Steno is loaded, so it looks at names only. */
export async function hasOpenJobs(folder: string): Promise<boolean> {
  const names = await promises.readdir(folder).catch(() => []);
  return names.some((name) => openJobName.test(name));
}
