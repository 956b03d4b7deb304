import { appendFileSync } from 'node:fs';

/** Writes a line for the program that started this host. The console of the host also has messages of VS Code. */
export function report(line: string): void {
  const file = process.env['STENO_HOST_REPORT'];
  if (file !== undefined) {
    appendFileSync(file, `${line}\n`);
  }
}
