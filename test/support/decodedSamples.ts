import { openSound } from '../../src/audio/openSound';

/** All samples of a recording at 16 kHz, with its channels mixed. */
export async function decodedSamples(recording: string): Promise<Float32Array> {
  const sound = await openSound(recording);
  try {
    const blocks: Float32Array[] = [];
    for await (const block of sound.samples('mix')) {
      blocks.push(block);
    }
    const samples = new Float32Array(blocks.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const block of blocks) {
      samples.set(block, at);
      at += block.length;
    }
    return samples;
  } finally {
    await sound.close();
  }
}
