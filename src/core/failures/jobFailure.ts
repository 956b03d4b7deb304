import { Failure, type FailureKind } from './failure';

/**
 * Words in the `error` of a transcript, and what they mean. Matched loosely and in this order: AssemblyAI puts
 * prefixes before some texts, and file types, addresses and numbers into others.
 */
const causes: readonly (readonly [words: RegExp, kind: FailureKind])[] = [
  // So Steno's own server names its limits.
  [/on this machine/i, 'beyondLocal'],
  [/download error|unable to (download|access) /i, 'downloadFailed'],
  [/server error|developers have been alerted/i, 'jobServerError'],
  [/duration is too short/i, 'tooShort'],
  [/no spoken audio/i, 'noSpeech'],
  [/below the requested confidence threshold/i, 'languageUncertain'],
  [/below the requested speech threshold/i, 'tooLittleSpeech'],
  // A video is media, so what it lacks is a sound track; anything else that "contains no audio" is not media.
  [/(not appear to contain audio|transcoding failed).*file type is (video|audio)\//is, 'noAudioTrack'],
  [/not appear to contain audio|transcoding failed/i, 'notMedia'],
];

/**
 * Why a job failed, from the `error` of its transcript.
 *
 * @param error as it came in the JSON; anything that is not a text counts as one without words
 * @param recordingName for the user, where it is known
 */
export function jobFailure(error: unknown, transcriptId: string, recordingName?: string): Failure {
  const text = typeof error === 'string' ? error.trim() : '';
  const kind = causes.find(([words]) => words.test(text))?.[1] ?? 'jobFailed';
  // Downloads tell the status that they met: 4xx is for good, anything else worth another try.
  const status =
    kind === 'downloadFailed' ? /\b([45]\d\d) (?:client|server) error/i.exec(text)?.[1] : undefined;
  return new Failure(kind, text === '' ? 'The service gave no reason' : text, {
    transcriptId,
    subject: recordingName,
    status: status === undefined ? undefined : Number(status),
  });
}
