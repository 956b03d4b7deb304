import fc from 'fast-check';
import { inputKinds } from '../support/hostileInput';

// Reads random inputs that are deep, wide and repetitive: `npm run bench:fuzz -- 1000 notes` for a thousand notes.

const [count = '200', only] = process.argv.slice(2);
const characters = 200_000;

for (const [name, { texts, read }] of Object.entries(inputKinds(characters))) {
  if (only !== undefined && only !== name) {
    continue;
  }
  let slowestMs = 0;
  let slowest = '';
  for (const text of fc.sample(texts, Number(count))) {
    const startMs = performance.now();
    read(text);
    const ms = performance.now() - startMs;
    [slowestMs, slowest] = ms > slowestMs ? [ms, text] : [slowestMs, slowest];
  }
  const peakMb = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${name}: ${count} inputs, slowest ${slowestMs.toFixed(0)} ms for ${slowest.length} characters ` +
      `(${JSON.stringify(slowest.slice(0, 60))}), up to ${peakMb.toFixed(0)} MB so far`,
  );
}
