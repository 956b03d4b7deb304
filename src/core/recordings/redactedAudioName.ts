/**
 * Whether a file has the name that Steno gives to redacted recordings: `talk.redacted.mp3`, or `talk.redacted-2.wav`
 * where the first name was taken.
 */
export function isRedactedAudioName(fileName: string): boolean {
  return /\.redacted(?:-\d+)?\.(?:mp3|wav)$/i.test(fileName);
}
