/** The code that the system gave an error, such as `EACCES`; undefined for any other value. */
export function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string'
    ? thrown.code
    : undefined;
}

/** A chain of causes may be a circle. */
const deepest = 5;

/** The codes of an error and of its causes, outermost first. Of an AggregateError, such as a host with several addresses throws, the first error counts. */
export function codesOf(thrown: unknown): string[] {
  const codes: string[] = [];
  let error = thrown;
  for (let depth = 0; error instanceof Error && depth < deepest; depth++) {
    const code = codeOf(error);
    if (code !== undefined) {
      codes.push(code);
    } else if (error.name === 'HTTPParserError') {
      // undici gives it a code only where the parser had one.
      codes.push('HPE_INVALID');
    }
    error = error instanceof AggregateError ? error.errors[0] : error.cause;
  }
  return codes;
}
