import { readdirSync } from 'node:fs';
import { url as debuggerUrl } from 'node:inspector';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { report } from './report';

/** Called by the extension host. Runs every `*.test.js` in this folder; rejects if a test fails or there are none. */
export async function run(): Promise<void> {
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => report(format(...parts));
  // A breakpoint must not let a test time out.
  const timeout = debuggerUrl() === undefined ? 60_000 : 0;
  const mocha = new Mocha({ timeout, color: false, reporter: 'spec', forbidOnly: true });
  // `STENO_GREP` chooses tests by name, as mocha's `--grep` does.
  const { STENO_GREP: name = '' } = process.env;
  mocha.grep(name);
  for (const file of testFiles(__dirname)) {
    mocha.addFile(file);
  }
  const { failures, tests } = await new Promise<Mocha.Stats>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats!));
  });
  if (tests === 0 || failures > 0) {
    const complaint =
      tests === 0 ? `No tests found in ${__dirname}.` : `${failures} of ${tests} tests failed.`;
    report(complaint);
    throw new Error(complaint);
  }
}

function testFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js'))
    .sort()
    .map((name) => join(folder, name));
}
