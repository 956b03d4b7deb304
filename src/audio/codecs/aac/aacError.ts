/** What cannot be decoded: a variant of AAC that is not AAC-LC, or bits that no encoder writes. */
export class AacError extends Error {
  constructor(
    readonly kind: 'unsupported' | 'damaged',
    message: string,
  ) {
    super(message);
    this.name = 'AacError';
  }
}
