import { appendFileSync } from 'node:fs';

/**
 * Writes a line for the program that started this host, or to the debug console when there is none. The console of the
 * host also has messages of VS Code.
 */
export function report(line: string): void {
  const file = process.env['STENO_HOST_REPORT'];
  if (file === undefined) {
    console.log(line);
  } else {
    appendFileSync(file, `${line}\n`);
  }
}
