import { readAmount, readObject } from '../json';
import type { TranscriptBody } from './model';

/** The progress of a job at the service. Steno's speech server reports it, AssemblyAI does not. */
export interface WorkDone {
  /** 0 to 1. */
  readonly fraction: number;
  /** ms, by the speed so far; null as long as that is not known. */
  readonly remainingMs: number | null;
}

/** Reads the progress of a job from a field that only Steno's speech server sends; null where it is missing. */
export function readWorkDone(body: TranscriptBody): WorkDone | null {
  const progress = readObject(body['local_progress']);
  const fraction = readAmount(progress['fraction']);
  if (fraction === null) {
    return null;
  }
  const remainingSeconds = readAmount(progress['remaining_seconds']);
  return {
    fraction: Math.min(1, fraction),
    remainingMs: remainingSeconds === null ? null : 1000 * remainingSeconds,
  };
}
