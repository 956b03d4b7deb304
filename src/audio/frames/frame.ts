/** One frame of a file that is nothing but frames, each with a header. */
export interface Frame {
  /** With its header. */
  readonly bytes: number;
  readonly seconds: number;
}

/** Reads the header of the frame at a place; undefined where none begins. */
export type FrameReader = (bytes: Buffer, at: number) => Frame | undefined;

/** Frames in a row that are no coincidence. */
const enough = 4;

/** Whether frames begin there: some in a row. */
export function framesBegin(bytes: Buffer, start: number, frameAt: FrameReader): boolean {
  let at = start;
  for (let count = 0; count < enough; count++) {
    const frame = frameAt(bytes, at);
    if (!frame) {
      return false;
    }
    at += frame.bytes;
  }
  return true;
}

/** Nothing begins with less than this before the end. */
export const longestHeader = 7;
