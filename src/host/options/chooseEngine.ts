import type { Connector } from '../services/connector';
import { localOrigin } from '../local/localApi';
import { readEngine, writeEngine } from '../platform/settings';
import { pickOne, type Choice } from '../platform/quickPicks';

/** Where the work is to be done. */
export type Place = 'assemblyai' | 'local';

/**
 * Who is to do what was asked for, where this machine can do little of it or nothing: a choice of this machine is asked
 * about again, a missing key is asked for.
 *
 * @param onThisMachine what can be had here; undefined for nothing
 * @returns undefined when the user gave up
 */
export async function chooseEngine(
  connector: Connector,
  title: string,
  onThisMachine: string | undefined,
): Promise<Place | undefined> {
  if (readEngine() !== 'local') {
    const service = await connector.choose();
    if (service !== localOrigin) {
      return service === undefined ? undefined : 'assemblyai';
    }
  }
  const place = await pickOne(title, 'Recordings are transcribed on this machine', choicesOf(onThisMachine));
  if (place !== 'assemblyai') {
    return place;
  }
  await writeEngine('assemblyai');
  const service = await connector.choose();
  return service === undefined || service === localOrigin ? undefined : 'assemblyai';
}

function choicesOf(onThisMachine: string | undefined): readonly Choice<Place>[] {
  const assemblyAi: Choice<Place> = {
    value: 'assemblyai',
    label: '$(cloud) Use AssemblyAI',
    description: 'with a key of yours',
    detail: 'From now on recordings go there; steno.engine in the settings changes that.',
  };
  return onThisMachine === undefined
    ? [assemblyAi]
    : [
        assemblyAi,
        {
          value: 'local',
          label: '$(device-desktop) Stay on this machine',
          description: onThisMachine,
        },
      ];
}
