import type { FileHandle } from 'node:fs/promises';
import { framesBegin, type Frame, type FrameReader } from './frame';
import { readAt } from '../../node/readRange';

/** Files up to this size are read from end to end; of larger ones, so many parts of that size. */
const wholeBytes = 2 ** 21;
const parts = 32;
const partBytes = 2 ** 16;

interface Measured {
  readonly bytes: number;
  readonly seconds: number;
}

/**
 * How long frames in a file take. Of a large file it is an estimate by parts of it, which is exact where all frames are of
 * one size.
 *
 * @returns null where there are next to no frames
 */
export async function framesDuration(
  file: FileHandle,
  start: number,
  end: number,
  frameAt: FrameReader,
): Promise<number | null> {
  const span = end - start;
  if (span <= wholeBytes) {
    const bytes = await readAt(file, start, span);
    return believed(measure(bytes, frameAt), bytes.length)?.seconds ?? null;
  }
  const sum = { bytes: 0, seconds: 0 };
  for (let part = 0; part < parts; part++) {
    const at = start + Math.floor(((span - partBytes) * part) / (parts - 1));
    const { bytes, seconds } = measure(await readAt(file, at, partBytes), frameAt);
    sum.bytes += bytes;
    sum.seconds += seconds;
  }
  return believed(sum, parts * partBytes) ? (span * sum.seconds) / sum.bytes : null;
}

/** Where most of it is something else, the frames are a coincidence. */
function believed(measured: Measured, bytes: number): Measured | undefined {
  return measured.bytes > bytes / 2 ? measured : undefined;
}

/** Counts frames; what lies between them is skipped. */
function measure(bytes: Buffer, frameAt: FrameReader): Measured {
  const sum = { bytes: 0, seconds: 0 };
  let at = 0;
  let isInStep = false;
  while (at < bytes.length) {
    isInStep ||= framesBegin(bytes, at, frameAt);
    const frame: Frame | undefined = isInStep ? frameAt(bytes, at) : undefined;
    if (frame) {
      sum.bytes += frame.bytes;
      sum.seconds += frame.seconds;
    }
    isInStep = frame !== undefined;
    at += frame?.bytes ?? 1;
  }
  return sum;
}
