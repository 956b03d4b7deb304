import * as vscode from 'vscode';
import { parseGlossary, type TermSource } from '../../core/request/keyTerms';

/** The key terms of a workspace, by their sources. */
export interface Glossary {
  readonly sources: readonly TermSource[];
  /** Names of files that were not read, each with the reason in brackets. */
  readonly unread: readonly string[];
}

const maxFiles = 20;
const maxBytes = 256 * 1024;

/**
 * Reads the terms in the workspace's `*.terms` files and the words in the settings of the spelling checker cSpell. In
 * Restricted Mode it reads only the words in the user's settings.
 *
 * @param file absolute path of a recording; it decides which folder's settings apply
 */
export async function readGlossary(file: string | undefined): Promise<Glossary> {
  const files = vscode.workspace.isTrusted ? await findGlossaries() : [];
  const read = await Promise.all(files.slice(0, maxFiles).map(readTerms));
  const passedOver = files.slice(maxFiles).map((uri) => `${nameOf(uri)} (over ${maxFiles} files)`);
  const sources = [...read.filter((source) => typeof source === 'object'), spellingWords(file)];
  return {
    sources: sources.filter(({ terms }) => terms.length > 0),
    unread: [...read.filter((reason) => typeof reason === 'string'), ...passedOver],
  };
}

async function findGlossaries(): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles('**/*.terms', '**/node_modules/**');
  return found.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** The terms in a file, or its name with the reason why it was not read. */
async function readTerms(uri: vscode.Uri): Promise<TermSource | string> {
  const name = nameOf(uri);
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0) {
      return `${name} (not a regular file)`;
    }
    if (size > maxBytes) {
      return `${name} (over ${maxBytes / 1024} KB)`;
    }
    const bytes = await vscode.workspace.fs.readFile(uri);
    return { name, terms: parseGlossary(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch (thrown) {
    return `${name} (${thrown instanceof TypeError ? 'not UTF-8' : 'unreadable'})`;
  }
}

function nameOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}

function spellingWords(file: string | undefined): TermSource {
  const settings = vscode.workspace.getConfiguration(
    'cSpell',
    file === undefined ? null : vscode.Uri.file(file),
  );
  const words = vscode.workspace.isTrusted
    ? settings.get<unknown>('words')
    : settings.inspect<unknown>('words')?.globalValue;
  const all: readonly unknown[] = Array.isArray(words) ? words : [];
  return { name: 'cSpell.words', terms: all.filter((word) => typeof word === 'string') };
}
