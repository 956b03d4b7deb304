import { join } from 'node:path';
import { projectPath } from '../../support/projectPath';
import { sampleRate, type Sound } from '../../../src/audio/sound/sound';

const root = projectPath();

export const fixture = (name: string): string => join(root, 'test/fixtures/audio', name);
export const dialogue = join(root, 'test/fixtures/dialogue/dialogue.mp3');

export function toFloats(bytes: Buffer): Float32Array {
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** The tone of the fixtures: from 300 to 2100 Hz in a second. */
export function sweep(seconds: number, rate = sampleRate): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * rate) }, (_, i) => {
    const t = i / rate;
    const swell = 0.5 + 0.5 * Math.sin(2 * Math.PI * 3 * t) ** 2;
    return 0.5 * Math.sin(2 * Math.PI * (300 * t + 900 * t * t)) * swell;
  });
}

export async function collect(blocks: AsyncIterable<Float32Array>): Promise<Float32Array> {
  const all: Float32Array[] = [];
  for await (const block of blocks) {
    all.push(block);
  }
  return join32(all);
}

export function join32(blocks: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    joined.set(block, at);
    at += block.length;
  }
  return joined;
}

export async function* each<T>(...values: T[]): AsyncGenerator<T> {
  for (const value of values) {
    yield await Promise.resolve(value);
  }
}

/** All of a sound, mixed. */
export async function mix(sound: Sound): Promise<Float32Array> {
  try {
    return await collect(sound.samples('mix'));
  } finally {
    await sound.close();
  }
}

/** How loud the reference is beside what differs from it, in dB, when `heard` comes `shift` samples late. */
export function signalToNoise(reference: Float32Array, heard: Float32Array, shift = 0): number {
  let signal = 0;
  let noise = 0;
  // Encoders may do as they like in the first and last moments.
  const margin = 1600;
  for (let i = margin; i < Math.min(reference.length, heard.length - shift) - margin; i++) {
    const wanted = reference[i] ?? 0;
    signal += wanted ** 2;
    noise += (wanted - (heard[i + shift] ?? 0)) ** 2;
  }
  return 10 * Math.log10(signal / noise);
}

/** By how many samples `heard` is late, within 60 ms. */
export function lateness(reference: Float32Array, heard: Float32Array): number {
  const shifts = Array.from({ length: 1921 }, (_, i) => i - 960);
  const likeness = shifts.map((shift) => {
    let sum = 0;
    for (let i = 1600; i < reference.length - 1600; i += 7) {
      sum += (reference[i] ?? 0) * (heard[i + shift] ?? 0);
    }
    return sum;
  });
  return shifts[likeness.indexOf(Math.max(...likeness))] ?? NaN;
}
