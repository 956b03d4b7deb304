import type { JsonObject } from '../../../../src/core/json';
import type { RecordingFacts } from '../../../../src/core/request/rules/optionProblem';

/** Options with their problems. */
export type Example = readonly [options: JsonObject, parameter: string, message: string];

type RecordingExample = readonly [
  recording: RecordingFacts,
  options: JsonObject,
  parameter: string,
  message: string,
];

export const understood = (request: JsonObject): JsonObject => ({ speech_understanding: { request } });

/** The minimum of parameters for redaction. */
export const redacted: JsonObject = { redact_pii: true, redact_pii_policies: ['person_name'] };

/** Recordings that are refused before they are uploaded. */
export const recordingExamples: readonly RecordingExample[] = [
  [{ sizeBytes: 0 }, {}, 'audio_url', 'The recording is empty.'],
  [
    { sizeBytes: 2.2e9 + 1 },
    {},
    'audio_url',
    'The recording is larger than 2.2 GB, the most that AssemblyAI takes.',
  ],
  [
    { durationSeconds: 0.159 },
    {},
    'audio_url',
    'The recording is shorter than 160 milliseconds, the least that AssemblyAI takes.',
  ],
  [
    { durationSeconds: 36_001 },
    {},
    'audio_url',
    'The recording is longer than 10 hours, the most that AssemblyAI takes.',
  ],
  [
    { sizeBytes: 1e9 },
    { ...redacted, redact_pii_audio: true },
    'redact_pii_audio',
    'For redact_pii_audio, a recording must be smaller than 1 GB.',
  ],
  [
    { durationSeconds: 60 },
    { audio_start_from: 60_000 },
    'audio_start_from',
    'audio_start_from is after the end of the recording.',
  ],
];
