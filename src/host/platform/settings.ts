import * as vscode from 'vscode';
import { parseBaseUrl, regionBaseUrls, type BaseUrl } from '../../assemblyai/baseUrl';
import type { NetworkSettings } from '../../assemblyai/networkSettings';
import { asFailure, Failure } from '../../core/failures/failure';
import { readObject, type JsonObject } from '../../core/json';
import { sectionNames } from '../../core/note/sections/sectionNames';
import { settingDefaults } from './manifest';
import type { NoteLayout } from '../../core/note/noteLayout';

/** The settings by key. The manifest has the literal types of the defaults; a setting may have any value of its type. */
type Settings = { readonly [K in keyof typeof settingDefaults]: Widened<(typeof settingDefaults)[K]> };
type Widened<T> = T extends number
  ? number
  : T extends boolean
    ? boolean
    : T extends string
      ? string
      : T extends readonly unknown[]
        ? readonly unknown[]
        : JsonObject;

const defaults: Settings = settingDefaults;

/** Reads a setting; its default when `settings.json` holds a value of another type. @param file scopes it to a folder */
function read<K extends keyof Settings>(key: K, file?: string): Settings[K] {
  const otherwise = defaults[key];
  const scope = file === undefined ? null : vscode.Uri.file(file);
  const value = vscode.workspace.getConfiguration('steno', scope).get<unknown>(key);
  return isLike(value, otherwise) ? (value as Settings[K]) : otherwise;
}

function isLike(value: unknown, otherwise: unknown): boolean {
  return (
    value !== null && typeof value === typeof otherwise && Array.isArray(value) === Array.isArray(otherwise)
  );
}

/** Where recordings are transcribed; `ask` until the user has chosen. */
export type Engine = 'ask' | 'assemblyai' | 'local';

/** Where the user wants recordings to be transcribed. */
export function readEngine(): Engine {
  const engine = read('engine');
  return engine === 'local' || engine === 'assemblyai' ? engine : 'ask';
}

/** Changes where recordings are transcribed, in the settings of this machine. */
export async function writeEngine(engine: Engine): Promise<void> {
  await updateSetting('engine', engine, vscode.ConfigurationTarget.Global);
}

/**
 * Writes a setting of Steno.
 * @throws Failure `settings`, for example where settings.json has errors or cannot be written
 */
export async function updateSetting(
  key: keyof typeof settingDefaults,
  value: unknown,
  target: vscode.ConfigurationTarget,
): Promise<void> {
  try {
    await vscode.workspace.getConfiguration('steno', null).update(key, value, target);
  } catch (thrown) {
    const { message } = asFailure(thrown);
    const subject = `steno.${key}`;
    throw new Failure('settings', `VS Code did not write the setting, saying “${message}”`, { subject });
  }
}

/** The most that the speech server accepts: almost two years. */
const maxIdleMinutes = 1e6;

/** Minutes without work after which the speech server ends; 0 for never. */
export function readLocalIdleMinutes(): number {
  return within(0, maxIdleMinutes, read('localIdleMinutes'));
}

/** How many jobs may run at once. */
export function readJobsAtOnce(): number {
  return Math.round(within(1, 50, read('jobsAtOnce')));
}

/** Whether only the sound of a video is uploaded, if it can be extracted. */
export function readUploadSoundOnly(): boolean {
  return read('uploadSoundOnly');
}

/** Minutes of recordings above which Steno asks the user before it sends them; 0 to ask always. */
export function readAskAboveMinutes(): number {
  return within(0, Infinity, read('askAboveMinutes'));
}

/** Price of an hour of recordings at the service, in US dollars; 0 when no price is to be shown. */
export function readPricePerHour(): number {
  return within(0, Infinity, read('pricePerHour'));
}

/**
 * The presets in the user's settings and those in the settings of the workspace, unparsed. They are read one by one, since
 * VS Code would merge two presets of one name option by option.
 *
 * @param file chooses the folder of the workspace
 */
export function readPresetSettings(file?: string): readonly [ofUser: unknown, ofWorkspace: unknown] {
  const scope = file === undefined ? null : vscode.Uri.file(file);
  const found = vscode.workspace.getConfiguration('steno', scope).inspect<unknown>('presets');
  const ofWorkspace = { ...readObject(found?.workspaceValue), ...readObject(found?.workspaceFolderValue) };
  return [found?.globalValue, vscode.workspace.isTrusted ? ofWorkspace : {}];
}

/** Names of people who may speak. @param file chooses the folder of the workspace */
export function readPeople(file?: string): readonly string[] {
  return read('people', file).filter((name) => typeof name === 'string');
}

/** What a note shows besides the transcript. @param note its absolute path */
export function readNoteLayout(note: string): NoteLayout {
  const wanted = read('noteSections', note);
  return {
    sections: new Set(sectionNames.filter((name) => wanted[name] !== false)),
    hasTranslationNotes: read('translations', note) === 'note',
  };
}

/** Whether Steno deletes every transcript at the service once it is saved. */
export function readDeleteAfterSaving(): boolean {
  return read('deleteAfterSaving');
}

function within(least: number, most: number, value: number): number {
  return Math.min(most, Math.max(least, value));
}

/**
 * The server that gets the recordings and the API key.
 *
 * @throws Failure `settings` when the custom address is unusable
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

/** Template of a note's path, for `expandNotePath`. */
export function readNotePathTemplate(): string {
  return read('notePath');
}

/** VS Code's proxy and certificate settings, which a bundled HTTP library does not see. */
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

/** Opens the settings editor. Steno's settings belong to the machine it runs on, which may be a remote one. */
export async function openSettings(query = ownSettings): Promise<void> {
  const isRemote = query === ownSettings && vscode.env.remoteName !== undefined;
  const command = isRemote ? 'workbench.action.openRemoteSettings' : 'workbench.action.openSettings';
  await vscode.commands.executeCommand(command, { query });
}
