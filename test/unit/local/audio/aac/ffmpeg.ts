import { spawnSync } from 'node:child_process';

/** Why tests against ffmpeg are skipped; undefined when they are not. */
export const ffmpegMissing =
  spawnSync('ffmpeg', ['-version']).error === undefined ? undefined : 'ffmpeg is not on PATH';

/**
 * Runs ffmpeg with pipes.
 *
 * @returns what it writes
 */
export function ffmpeg(args: readonly string[], input: Uint8Array = new Uint8Array()): Uint8Array {
  const { stdout, stderr, status } = spawnSync('ffmpeg', ['-v', 'error', ...args, 'pipe:1'], {
    input,
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) {
    throw new Error(`ffmpeg failed: ${stderr.toString()}`);
  }
  return stdout;
}

/** What ffmpeg's decoder makes of a stream, channel by channel. */
export function decodeByFfmpeg(
  format: 'aac' | 'loas' | 'mp4',
  stream: Uint8Array,
  channels: number,
): Float32Array[] {
  const bytes = ffmpeg(['-f', format, '-i', 'pipe:0', '-f', 'f32le'], stream);
  const samples = new Float32Array(bytes.slice().buffer);
  return Array.from({ length: channels }, (_, channel) => samples.filter((_, i) => i % channels === channel));
}
