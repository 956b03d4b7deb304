import { run } from './processes';

/** Ids of the processes whose command line contains all of these texts. Not on Windows. */
export async function processesWith(...texts: readonly string[]): Promise<number[]> {
  const lines = (await run('ps', ['-A', '-ww', '-o', 'pid=,args='])).split('\n');
  const found = lines.filter((line) => texts.every((text) => line.includes(text)));
  return found.map((line) => Number.parseInt(line.trim(), 10));
}

/** The process that started this one. Not on Windows. */
export async function parentOf(pid: number): Promise<number> {
  return Number.parseInt(await run('ps', ['-o', 'ppid=', '-p', String(pid)]), 10);
}

/** Ids of the extension hosts that a VS Code server has started, one for each window, the oldest first. Not on Windows. */
export async function extensionHostsOf(serverPid: number): Promise<number[]> {
  const lines = (await run('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='])).split('\n');
  const processes = lines.map((line) => /^\s*(\d+)\s+(\d+)\s(.*)$/.exec(line) ?? []);
  return processes
    .filter(([, , parent, args]) => Number(parent) === serverPid && args?.includes('--type=extensionHost'))
    .map(([, pid]) => Number(pid))
    .sort((one, other) => one - other);
}
