import * as vscode from 'vscode';
import { parseBaseUrl, regionBaseUrls, type BaseUrl } from '../../assemblyai/baseUrl';
import type { NetworkSettings } from '../../assemblyai/networkSettings';
import { readObject, type JsonObject } from '../../core/json';
import { sectionNames } from '../../core/note/sections/sectionNames';
import { settingDefaults } from './manifest';
import type { NoteLayout } from '../../core/note/noteLayout';

/** The settings by key, as wide as their type; of the manifest only the defaults are known. */
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

/** The default, too, where somebody wrote a value of another type into the settings. */
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
  return within(0, mostIdleMinutes, read('localIdleMinutes'));
}

/** How many jobs may be under way at once. */
export function readJobsAtOnce(): number {
  return Math.round(within(1, 50, read('jobsAtOnce')));
}

/** Whether only the sound of a video is uploaded, where it can be taken out. */
export function readUploadSoundOnly(): boolean {
  return read('uploadSoundOnly');
}

/** Minutes of recordings above which the user is asked before anything is sent; 0 for always. */
export function readAskAboveMinutes(): number {
  return within(0, Infinity, read('askAboveMinutes'));
}

/** What an hour costs at the service, in US dollars; 0 where it is not to be told. */
export function readPricePerHour(): number {
  return within(0, Infinity, read('pricePerHour'));
}

/**
 * The presets of the user, and those of the workspace that a file is in, as they stand in the settings. VS Code itself
 * would merge two of one name, option by option.
 */
export function readPresetSettings(file?: string): readonly [ofUser: unknown, ofWorkspace: unknown] {
  const scope = file === undefined ? null : vscode.Uri.file(file);
  const found = vscode.workspace.getConfiguration('steno', scope).inspect<unknown>('presets');
  const ofWorkspace = { ...readObject(found?.workspaceValue), ...readObject(found?.workspaceFolderValue) };
  return [found?.globalValue, vscode.workspace.isTrusted ? ofWorkspace : {}];
}

/** Names of people who may speak in recordings beside that file. */
export function readPeople(file?: string): readonly string[] {
  return read('people', file).filter((name) => typeof name === 'string');
}

/** What notes show besides what was said, where there is something to show. @param note its absolute path */
export function readNoteLayout(note: string): NoteLayout {
  const wanted = read('noteSections', note);
  return {
    sections: new Set(sectionNames.filter((name) => wanted[name] !== false)),
    hasTranslationNotes: read('translations', note) === 'note',
  };
}

/** Whether every transcript is deleted at the service once it is saved. */
export function readDeleteAfterSaving(): boolean {
  return read('deleteAfterSaving');
}

function within(least: number, most: number, value: number): number {
  return Math.min(most, Math.max(least, value));
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
