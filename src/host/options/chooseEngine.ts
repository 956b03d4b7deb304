import type { Connector } from '../services/connector';
import { localOrigin } from '../local/localApi';
import { readEngine, writeEngine, type Engine } from '../platform/settings';
import { pickOne, type Choice } from '../platform/quickPicks';

/** The engine that transcribes, once the user has chosen. */
export type ChosenEngine = Exclude<Engine, 'ask'>;

/**
 * Settles which engine does something that this machine can hardly do, or not at all. It asks again when the settings name
 * this machine, and asks for a missing API key.
 *
 * @param title of the list that asks again
 * @param onThisMachine what this machine can do, in a few words; undefined for nothing
 * @returns undefined when the user cancelled
 */
export async function chooseEngine(
  connector: Connector,
  title: string,
  onThisMachine: string | undefined,
): Promise<ChosenEngine | undefined> {
  if (readEngine() !== 'local') {
    const service = await connector.choose();
    if (service !== localOrigin) {
      return service === undefined ? undefined : 'assemblyai';
    }
  }
  const engine = await pickOne(title, 'Recordings are transcribed on this machine', choicesOf(onThisMachine));
  if (engine !== 'assemblyai') {
    return engine;
  }
  await writeEngine('assemblyai');
  const service = await connector.choose();
  return service === undefined || service === localOrigin ? undefined : 'assemblyai';
}

function choicesOf(onThisMachine: string | undefined): readonly Choice<ChosenEngine>[] {
  const assemblyAi: Choice<ChosenEngine> = {
    value: 'assemblyai',
    label: '$(cloud) Use AssemblyAI',
    description: 'with your own key',
    detail: 'From now on, recordings go to AssemblyAI. You can change this with the setting steno.engine.',
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
