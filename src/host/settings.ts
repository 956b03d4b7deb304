import * as vscode from 'vscode';
import { parseBaseUrl, regionBaseUrls, type BaseUrl } from '../assemblyai/baseUrl';
import type { NetworkSettings } from '../assemblyai/networkSettings';
import { settingDefaults } from './manifest';

function read(key: keyof typeof settingDefaults): string {
  return vscode.workspace.getConfiguration('steno').get<string>(key, settingDefaults[key]);
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
