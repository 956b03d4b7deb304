/** Much longer than any key. */
const maxPasted = 1000;

/**
 * `ASSEMBLYAI_API_KEY=`, `export aai_key=`, `$env:API_TOKEN = `, `"authorization": `. A key of a company's own may contain
 * `:` or `=`, and may itself begin like `team-key:`.
 */
const nameBefore =
  /^(export |set |\$env:|["'])?[\w.-]{0,60}(key|token|authorization)(["']?\s{0,3}=|["']:|:\s)\s{0,3}/i;

/**
 * The key in what a user has pasted: without the name of a variable or header before it, `Bearer`, quotation marks, and what
 * ends a line of code. What remains may still be no key.
 */
export function keyInPaste(text: string): string {
  return text
    .slice(0, maxPasted)
    .trim()
    .replace(nameBefore, '')
    .replace(/^["'`]?(bearer|token) /i, '')
    .replace(/^["'`<]+/, '')
    .replace(/["'`>;,]{1,9}$/, '')
    .trim();
}

/**
 * Whether a key has only characters that an HTTP header can contain. Text that was pasted by mistake may have others,
 * AssemblyAI's keys never do.
 */
export function isWellFormedKey(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key);
}
