import * as path from 'node:path';
import type * as vscode from 'vscode';
import { Failure } from '../../core/failures/failure';

/**
 * The absolute path of a resource that is a file on disk. Resources from git or an archive have a path too, but no file
 * with their bytes lies there.
 *
 * @throws Failure `notOnDisk`
 */
export function fileOf(uri: vscode.Uri): string {
  if (uri.scheme !== 'file') {
    throw new Failure('notOnDisk', `The scheme is ${uri.scheme}`, { subject: path.basename(uri.path) });
  }
  return uri.fsPath;
}
