import * as path from 'node:path';
import type * as vscode from 'vscode';
import { Failure } from '../../core/failures/failure';

/**
 * The file that a resource is. A version out of git or an archive has a path too, but not of a file with these bytes.
 *
 * @throws Failure `notOnDisk`
 */
export function fileOf(uri: vscode.Uri): string {
  if (uri.scheme !== 'file') {
    throw new Failure('notOnDisk', `The scheme is ${uri.scheme}`, { subject: path.basename(uri.path) });
  }
  return uri.fsPath;
}
