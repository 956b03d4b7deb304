const longestName = 100;

/** Characters that a name of a file cannot have, on one system or another. */
const forbidden = /[\p{Cc}\\/:*?"<>|]+/gu;

/** What a recording on the web is called: the last part of its address, as a name for files; else its host. */
export function webRecordingName(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const last = url?.pathname.split('/').findLast((part) => part !== '') ?? '';
  const name = fileName(percentDecoded(last)) || fileName(url?.hostname ?? '');
  return name === '' ? 'recording' : name;
}

function fileName(text: string): string {
  const name = text.replace(forbidden, '-').slice(-longestName);
  // A name that begins with a dot is hidden, one that ends with it is none on Windows.
  return name.replace(/^[.\s-]+|[.\s]+$/g, '');
}

/** A part of an address as people write it; unchanged where it is not well encoded. */
export function percentDecoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
