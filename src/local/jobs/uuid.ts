/** Whether a text is a lower-case UUID. Uploads and transcripts are named by UUIDs; nothing else may become part of a path. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
