/** Below are the tokens for what is unknown, the beginning and the end. */
const firstText = 3;
const space = '\u2581';
const byteToken = /^<0x([0-9A-F]{2})>$/;

/** The texts of tokens: pieces of words with their leading space, or single bytes of UTF-8, as SentencePiece makes them. */
export class Vocabulary {
  constructor(private readonly pieces: readonly string[]) {}

  beginsWord(token: number): boolean {
    return this.piece(token).startsWith(space);
  }

  /** The text without spaces around it; tokens that stand for nothing a person says are left out. */
  text(tokens: readonly number[]): string {
    const bytes = tokens.map((token) => {
      const piece = this.piece(token);
      const byte = byteToken.exec(piece)?.[1];
      return byte === undefined ? Buffer.from(piece.replaceAll(space, ' ')) : Buffer.from(byte, 'hex');
    });
    return Buffer.concat(bytes).toString().trim();
  }

  private piece(token: number): string {
    return token < firstText ? '' : (this.pieces[token] ?? '');
  }
}
