import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findDesktop, runOnDesktop } from './desktopHost';
import { runOnServer } from './serverHost';
import type { HostSuite } from './suite';
import { removeFolder, temporaryFolder } from './workspace';

/** Runs a suite in a real VS Code; resolves with the exit code. */
export type Host = (suite: HostSuite) => Promise<number>;

/**
 * The desktop VS Code, in which extensions are mostly used, else the server-based one with a browser. Says which and
 * why; STENO_VSCODE=desktop or server leaves no choice.
 */
export async function chooseHost(): Promise<Host> {
  const wanted = process.env['STENO_VSCODE'];
  if (wanted === 'server') {
    console.log('Host: VS Code server with a browser, as STENO_VSCODE says.');
    return runOnServer;
  }
  try {
    const desktop = await findDesktop();
    console.log(`Host: desktop VS Code, ${[desktop.program, ...desktop.leadingArgs].join(' ')}`);
    return (suite) => runOnDesktop(desktop, suite);
  } catch (thrown) {
    if (wanted === 'desktop') {
      throw thrown;
    }
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    console.log(`Host: VS Code server with a browser, because a desktop VS Code cannot be had: ${reason}.`);
    return runOnServer;
  }
}

/** Runs a suite and brings back what it wrote to the file that STENO_HOST_REPORT names. */
export async function runSuite(host: Host, suite: HostSuite): Promise<{ exitCode: number; report: string }> {
  const folder = await temporaryFolder('report');
  const file = join(folder, 'report.txt');
  try {
    const exitCode = await host({ ...suite, env: { ...suite.env, STENO_HOST_REPORT: file } });
    return { exitCode, report: await readFile(file, 'utf8').catch(() => '') };
  } finally {
    await removeFolder(folder);
  }
}
