/** The error code of the system, such as `EACCES`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Codes in an error and its causes, outermost first; several addresses of a host fail as an AggregateError. */
export function codesOf(thrown: unknown): string[] {
  const codes: string[] = [];
  let error = thrown;
  for (let depth = 0; error instanceof Error && depth < 5; depth++) {
    if ('code' in error && typeof error.code === 'string') {
      codes.push(error.code);
    } else if (error.name === 'HTTPParserError') {
      // undici gives it a code only where the parser had one.
      codes.push('HPE_INVALID');
    }
    error = error instanceof AggregateError ? error.errors[0] : error.cause;
  }
  return codes;
}
