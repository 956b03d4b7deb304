import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';

const onWindows = process.platform === 'win32';
const running = new Set<ChildProcess>();
let guarded = false;

/** Starts a program that has its own children; `killTree`, or the end of this process, ends them all. */
export function startTree(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  killTreesAtExit();
  // Its own process group, so that one signal reaches the grandchildren too.
  const child = spawn(command, args, { ...options, detached: !onWindows, windowsHide: true });
  running.add(child);
  child.once('exit', () => killTree(child));
  return child;
}

/** Ends a program started by `startTree` with everything it started; does nothing when it is gone. */
export function killTree(child: ChildProcess): void {
  if (!running.delete(child) || child.pid === undefined) {
    return;
  }
  if (onWindows) {
    spawnSync('taskkill', ['/pid', `${child.pid}`, '/T', '/F']);
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The whole group has ended by itself.
  }
}

function killTreesAtExit(): void {
  if (guarded) {
    return;
  }
  guarded = true;
  process.on('exit', () => running.forEach(killTree));
  // These end a process without its `exit` event unless it listens to them.
  const signals = [['SIGHUP', 129] as const, ['SIGINT', 130] as const, ['SIGTERM', 143] as const];
  for (const [signal, code] of signals) {
    process.once(signal, () => process.exit(code));
  }
}

/** Runs a program to its end and returns what it printed; rejects with the end of its output when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<string> {
  const child = startTree(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let all = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    all += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => (all += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) {
        resolve(stdout);
      } else {
        reject(
          new Error(`${command} ${args.join(' ')} ended with ${code ?? 'a signal'}:\n${all.slice(-4000)}`),
        );
      }
    });
  });
}

/** Runs npm; a script's own npm where there is one, so that a machine with several uses the one it was started with. */
export async function npm(args: readonly string[], options: SpawnOptions = {}): Promise<string> {
  const script = process.env['npm_execpath'];
  return script?.endsWith('.js') === true
    ? run(process.execPath, [script, ...args], options)
    : run(onWindows ? 'npm.cmd' : 'npm', args, { ...options, shell: onWindows });
}
