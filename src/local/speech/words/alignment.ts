/** How the cheapest path enters a cell of the table: diagonally, from the token before, or from the frame before. */
const diagonal = 0;
const fromToken = 1;
const fromFrame = 2;

/**
 * Dynamic time warping: finds the path through tokens and frames, both in order, that collects the most attention.
 *
 * @param attention for each token, its attention to each frame
 * @param frames number of frames
 * @returns the first frame of each token
 */
export function alignToFrames(attention: readonly Float32Array[], frames: number): number[] {
  const steps = attention.map(() => new Uint8Array(frames + 1));
  let above = new Float64Array(frames + 1).fill(Infinity);
  above[0] = 0;
  attention.forEach((row, token) => {
    above = nextRow(above, row, steps[token] ?? new Uint8Array());
  });
  return walkBack(steps, frames);
}

function nextRow(
  above: Float64Array<ArrayBuffer>,
  row: Float32Array,
  steps: Uint8Array,
): Float64Array<ArrayBuffer> {
  const costs = new Float64Array(above.length).fill(Infinity);
  let before = Infinity;
  for (let frame = 1; frame < above.length; frame++) {
    let cost = above[frame - 1] ?? Infinity;
    let step = diagonal;
    const up = above[frame] ?? Infinity;
    if (up < cost) {
      cost = up;
      step = fromToken;
    }
    if (before < cost) {
      cost = before;
      step = fromFrame;
    }
    before = cost - (row[frame - 1] ?? 0);
    costs[frame] = before;
    steps[frame] = step;
  }
  return costs;
}

function walkBack(steps: readonly Uint8Array[], frames: number): number[] {
  const first = steps.map(() => 0);
  let token = steps.length - 1;
  let frame = frames;
  while (token >= 0 && frame > 0) {
    first[token] = frame - 1;
    const step = steps[token]?.[frame] ?? diagonal;
    if (step !== fromFrame) {
      token--;
    }
    if (step !== fromToken) {
      frame--;
    }
  }
  return first;
}
