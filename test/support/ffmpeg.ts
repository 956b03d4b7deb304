import { spawnSync } from 'node:child_process';

/** Whether this machine has an ffmpeg to make recordings with, and to compare with. */
export const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

/** For titles of tests that cannot run without it. */
export const needsFfmpeg = hasFfmpeg ? '' : ' (not run: ffmpeg is not on PATH)';

/**
 * Runs ffmpeg, which says only what goes wrong.
 *
 * @returns what it writes to its standard output
 */
export function ffmpeg(args: readonly string[], input: Uint8Array = new Uint8Array()): Buffer {
  const { stdout, stderr, status } = spawnSync('ffmpeg', ['-v', 'error', '-y', ...args], {
    input,
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) {
    throw new Error(`ffmpeg failed: ${stderr.toString()}`);
  }
  return stdout;
}
