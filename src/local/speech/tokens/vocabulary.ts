/** The tokens below this number stand for unknown text, the beginning and the end. */
const firstTextToken = 3;
/** SentencePiece's mark for the space before a word. */
const space = '\u2581';
const byteToken = /^<0x([0-9A-F]{2})>$/;

/** The texts of tokens: pieces of words with the space before them, or single bytes of UTF-8, as in SentencePiece. */
export class Vocabulary {
  /** @param pieces the text of each token, by its number */
  constructor(private readonly pieces: readonly string[]) {}

  /** Whether a new word begins with this token. */
  beginsWord(token: number): boolean {
    return this.piece(token).startsWith(space);
  }

  /** The text of some tokens, without spaces around it. Tokens without a text are left out. */
  text(tokens: readonly number[]): string {
    const bytes = tokens.map((token) => {
      const piece = this.piece(token);
      const byte = byteToken.exec(piece)?.[1];
      return byte === undefined ? Buffer.from(piece.replaceAll(space, ' ')) : Buffer.from(byte, 'hex');
    });
    return Buffer.concat(bytes).toString().trim();
  }

  private piece(token: number): string {
    return token < firstTextToken ? '' : (this.pieces[token] ?? '');
  }
}
