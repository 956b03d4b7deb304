import * as path from 'node:path';

/** A path below the project's root; compiled tests run from `out/test`, their fixtures stay in the sources. */
export function projectPath(...segments: readonly string[]): string {
  return path.resolve(__dirname, '../../..', ...segments);
}
