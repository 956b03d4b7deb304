/** The first of these lines and, where there are more of them, how many; one in each line. */
export function shortList(lines: readonly string[], most: number): string {
  const rest = lines.length - most;
  return [...lines.slice(0, most), ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
}
