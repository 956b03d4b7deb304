/**
 * Whether a key has only characters that an HTTP header can contain. Text that was pasted by mistake may have others,
 * AssemblyAI's keys never do.
 */
export function isWellFormedKey(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key);
}
