import { resolve } from 'node:path';

/** Path of a file under test/fixtures. Tests run from out/test/…, fixtures stay where they are in the sources. */
export function fixturePath(...segments: readonly string[]): string {
  return resolve(__dirname, '../../../test/fixtures', ...segments);
}
