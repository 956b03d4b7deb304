import { appendFileSync } from 'node:fs';

/** A line for the program that started this host; the host's console is full of the editor's own lines. */
export function report(line: string): void {
  const file = process.env['STENO_HOST_REPORT'];
  if (file !== undefined) {
    appendFileSync(file, `${line}\n`);
  }
}
