import * as vscode from 'vscode';
import { parseBaseUrl, regionBaseUrls, type BaseUrl } from '../assemblyai/baseUrl';
import type { NetworkSettings } from '../assemblyai/networkSettings';
import { settingDefaults } from './manifest';

type Settings = typeof settingDefaults;

/** The default, too, where somebody wrote a value of another type into the settings. */
function read<K extends keyof Settings>(key: K): Widened<Settings[K]> {
  const otherwise = settingDefaults[key] as Widened<Settings[K]>;
  const value = vscode.workspace.getConfiguration('steno').get<unknown>(key);
  return typeof value === typeof otherwise ? (value as Widened<Settings[K]>) : otherwise;
}

/** The type of a setting of which only the default is known. */
type Widened<T> = T extends number ? number : string;

/** Who recognises speech; `ask` as long as nobody has chosen. */
export type Engine = 'ask' | 'assemblyai' | 'local';

/** Who is to recognise speech. */
export function readEngine(): Engine {
  const engine = read('engine');
  return engine === 'local' || engine === 'assemblyai' ? engine : 'ask';
}

/** Remembers who is to recognise speech, for this machine. */
export async function writeEngine(engine: Engine): Promise<void> {
  await vscode.workspace
    .getConfiguration('steno')
    .update('engine', engine, vscode.ConfigurationTarget.Global);
}

/** As much as the server takes: almost two years. */
const mostIdleMinutes = 1e6;

/** Minutes without work after which the server on this machine ends; 0 for never. */
export function readLocalIdleMinutes(): number {
  return Math.min(mostIdleMinutes, Math.max(0, read('localIdleMinutes')));
}

/**
 * The server that recordings and the key go to.
 * @throws Failure `settings` when the custom address is unusable.
 */
export function readBaseUrl(): BaseUrl {
  switch (read('region')) {
    case 'eu':
      return parseBaseUrl(regionBaseUrls.eu);
    case 'custom':
      return parseBaseUrl(read('customBaseUrl'));
    default:
      return parseBaseUrl(regionBaseUrls.us);
  }
}

/** Template of a note's path; its variables are those of `expandNotePath`. */
export function readNotePathTemplate(): string {
  return read('notePath');
}

/** VS Code's own proxy and certificate settings, which a bundled HTTP library does not see by itself. */
export function readNetworkSettings(): NetworkSettings {
  const http = vscode.workspace.getConfiguration('http');
  return {
    proxy: http.get<string>('proxy') ?? '',
    noProxy: http.get<string[]>('noProxy') ?? [],
    proxyAuthorization: http.get<string | null>('proxyAuthorization') ?? null,
    proxyStrictSSL: http.get<boolean>('proxyStrictSSL') ?? true,
    proxySupport: http.get<string>('proxySupport') ?? 'override',
    systemCertificates: http.get<boolean>('systemCertificates') ?? true,
  };
}

const ownSettings = '@ext:steno.steno';

/**
 * Shows settings where they can be changed: those of Steno belong to the machine, which in a remote window is another
 * one than the user sits at.
 */
export async function openSettings(query = ownSettings): Promise<void> {
  const isRemote = query === ownSettings && vscode.env.remoteName !== undefined;
  const command = isRemote ? 'workbench.action.openRemoteSettings' : 'workbench.action.openSettings';
  await vscode.commands.executeCommand(command, { query });
}
