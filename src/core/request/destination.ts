const regions: ReadonlyMap<string, string> = new Map([
  ['https://api.assemblyai.com', 'AssemblyAI in the United States'],
  ['https://api.eu.assemblyai.com', 'AssemblyAI in the European Union'],
]);

/**
 * Where recordings are sent: `AssemblyAI in the European Union (api.eu.assemblyai.com)`.
 *
 * @param origin of the service; anything but a web address stands for the speech server on this machine
 */
export function destinationText(origin: string): string {
  const host = /^https?:\/\/(.+)$/.exec(origin)?.[1];
  if (host === undefined) {
    return 'the speech server on this machine';
  }
  const region = regions.get(origin);
  return region === undefined ? host : `${region} (${host})`;
}
