import { readAmount } from '../../json';
import type { Rule } from './rule';

/** AssemblyAI does not say whether its GB are powers of ten or of two, so these are the smaller ones. */
const largestBytes = 2.2e9;
const largestRedactedBytes = 1e9;
const shortestSeconds = 0.16;
const longestSeconds = 10 * 3600;
const shortestForThreshold = 30;

/** AssemblyAI's limits for recordings. */
export const recordingRules: readonly Rule[] = [
  {
    name: 'empty recording',
    severity: 'error',
    parameter: 'audio_url',
    brokenBy: (_, { sizeBytes }) => sizeBytes === 0,
    message: 'The recording is empty.',
  },
  {
    name: 'large recording',
    severity: 'error',
    parameter: 'audio_url',
    brokenBy: (_, { sizeBytes = 0 }) => sizeBytes > largestBytes,
    message: 'The recording is larger than 2.2 GB, the most that AssemblyAI takes.',
  },
  {
    name: 'short recording',
    severity: 'error',
    parameter: 'audio_url',
    // Damaged headers say a length of 0.
    brokenBy: (_, { durationSeconds }) =>
      (durationSeconds ?? 0) > 0 && Number(durationSeconds) < shortestSeconds,
    message: 'The recording is shorter than 160 milliseconds, the least that AssemblyAI takes.',
  },
  {
    name: 'long recording',
    severity: 'error',
    parameter: 'audio_url',
    brokenBy: (_, { durationSeconds }) => (durationSeconds ?? 0) > longestSeconds,
    message: 'The recording is longer than 10 hours, the most that AssemblyAI takes.',
  },
  {
    name: 'large redacted audio',
    severity: 'error',
    parameter: 'redact_pii_audio',
    brokenBy: ({ redact_pii_audio: isRedacted }, { sizeBytes = 0 }) =>
      isRedacted === true && sizeBytes >= largestRedactedBytes,
    message: 'For redact_pii_audio, a recording must be smaller than 1 GB.',
  },
  {
    name: 'start after the end',
    severity: 'error',
    parameter: 'audio_start_from',
    brokenBy: ({ audio_start_from: start }, { durationSeconds }) =>
      (durationSeconds ?? 0) > 0 && (readAmount(start) ?? 0) >= 1000 * Number(durationSeconds),
    message: 'audio_start_from is after the end of the recording.',
  },
  {
    name: 'threshold for a short recording',
    severity: 'warning',
    parameter: 'speech_threshold',
    brokenBy: ({ speech_threshold: threshold }, { durationSeconds }) =>
      (readAmount(threshold) ?? 0) > 0 &&
      (durationSeconds ?? 0) > 0 &&
      Number(durationSeconds) < shortestForThreshold,
    message: 'speech_threshold needs a recording of 30 seconds or more.',
  },
];
