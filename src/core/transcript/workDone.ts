import { readAmount, readObject } from '../json';
import type { TranscriptBody } from './model';

/** How far a job is. Only Steno's own server on this machine tells; AssemblyAI does not. */
export interface WorkDone {
  /** Of the whole, 0 to 1. */
  readonly fraction: number;
  /** ms, going by the speed so far; null as long as that cannot be told. */
  readonly remainingMs: number | null;
}

/** What a job's body tells of how far it is, in a field that AssemblyAI's API does not have; null where there is none. */
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
