/**
 * Whether a file is named as redacted recordings are that were saved beside theirs: `talk.redacted.mp3`, or
 * `talk.redacted-2.wav` where that name was taken.
 */
export function isRedactedAudioName(fileName: string): boolean {
  return /\.redacted(?:-\d+)?\.(?:mp3|wav)$/i.test(fileName);
}
