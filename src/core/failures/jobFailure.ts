import { Failure, type FailureKind } from './failure';

/**
 * Texts in the `error` of a transcript, and their kinds of failure. The first that matches counts, where both patterns do if there are two. They match loosely,
 * since AssemblyAI puts prefixes before some texts, and file types, addresses and numbers into others.
 */
const kindsByText: readonly (readonly [text: RegExp, kind: FailureKind, and?: RegExp])[] = [
  // The speech server on this machine explains its limits so.
  [/on this machine/i, 'beyondLocal'],
  [/download error|unable to (download|access) /i, 'downloadFailed'],
  [/server error|developers have been alerted/i, 'jobServerError'],
  [/duration is too short/i, 'tooShort'],
  [/no spoken audio/i, 'noSpeech'],
  [/below the requested confidence threshold/i, 'languageUncertain'],
  [/below the requested speech threshold/i, 'tooLittleSpeech'],
  // A video or audio file without audio lacks a sound track; any other file without audio is not media.
  [/not appear to contain audio|transcoding failed/i, 'noAudioTrack', /file type is (video|audio)\//i],
  [/not appear to contain audio|transcoding failed/i, 'notMedia'],
];

/** In characters. AssemblyAI's texts have some hundred. */
const maxOfText = 10_000;

/**
 * Why a job failed, from the `error` of its transcript.
 *
 * @param error as it is in the JSON; anything but a string counts as no reason
 * @param recordingName where it is known, for the sentence that users read
 */
export function jobFailure(error: unknown, transcriptId: string, recordingName?: string): Failure {
  const text = typeof error === 'string' ? error.slice(0, maxOfText).trim() : '';
  const found = kindsByText.find(([pattern, , and]) => pattern.test(text) && and?.test(text) !== false);
  const kind = found?.[1] ?? 'jobFailed';
  // AssemblyAI tells the status that its download got. After 4xx, another try is useless.
  const status =
    kind === 'downloadFailed' ? /\b([45]\d\d) (?:client|server) error/i.exec(text)?.[1] : undefined;
  return new Failure(kind, text === '' ? 'The service gave no reason' : text, {
    transcriptId,
    subject: recordingName,
    status: status === undefined ? undefined : Number(status),
  });
}
