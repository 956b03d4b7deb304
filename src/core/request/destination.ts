const regions: ReadonlyMap<string, string> = new Map([
  ['https://api.assemblyai.com', 'AssemblyAI in the United States'],
  ['https://api.eu.assemblyai.com', 'AssemblyAI in the European Union'],
]);

/**
 * Where recordings go, for people: `AssemblyAI in the European Union (api.eu.assemblyai.com)`.
 * @param origin of the service; one that is no address is the server on this machine
 */
export function destinationText(origin: string): string {
  const host = /^https?:\/\/(.+)$/.exec(origin)?.[1];
  if (host === undefined) {
    return 'the speech server on this machine';
  }
  const region = regions.get(origin);
  return region === undefined ? host : `${region} (${host})`;
}
