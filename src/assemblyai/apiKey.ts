/** Whether a header can carry the key: much can be pasted that cannot, and no key of AssemblyAI's has such characters. */
export function isWellFormedKey(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key);
}
