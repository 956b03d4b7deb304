import { readlinkSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import type { JsonObject } from '../core/json';
import { codeOf } from './errorCode';

/** Where a process runs. The id of a process means something only where all of this is the same. */
export interface Machine {
  readonly host: string;
  /** When the machine was started, ms since 1970; not exact, since clocks are set. */
  readonly bootMs: number;
  /** Containers on one machine may share its name, but number their processes separately; '' where there are no such spaces. */
  readonly processSpace: string;
}

/** Two readings of one machine's start differ by less, even where its clock was set in between. */
const bootSlackMs = 60_000;

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  return { host: hostname(), bootMs: Math.round(bootMs()), processSpace: processSpace() };
}

/** Whether what a process wrote about its machine, and any value may stand there, means that machine. */
export function isSameMachine({ host, bootMs, processSpace }: JsonObject, machine: Machine): boolean {
  return (
    host === machine.host &&
    processSpace === machine.processSpace &&
    typeof bootMs === 'number' &&
    Math.abs(bootMs - machine.bootMs) < bootSlackMs
  );
}

/**
 * Whether a process with that id runs on this machine. It need not be the one that had the id before: ids are given
 * out again.
 */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // Any other error, such as EPERM for a process of another user, means that the process exists.
    return codeOf(thrown) !== 'ESRCH';
  }
}

/** Whether a moment, ms since 1970, may lie after the start of this machine: earlier processes are gone. */
export function isSinceBoot(ms: number): boolean {
  return ms > bootMs() - bootSlackMs;
}

function bootMs(): number {
  return Date.now() - uptime() * 1000;
}

/** Only Linux has such spaces. */
function processSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
