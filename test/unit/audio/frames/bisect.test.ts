import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bisect, type Dated } from '../../../../src/audio/frames/bisect';

const longestStep = 200_000;

/** Places in a file, one behind the other, and how many bytes it has. */
function placesOf(steps: readonly { readonly bytes: number; readonly time: number }[]): [Dated[], number] {
  const places: Dated[] = [];
  let [position, now] = [0, 0];
  for (const { bytes, time } of steps) {
    places.push({ position, time: now });
    position += bytes;
    now += time;
  }
  return [places, position];
}

describe('bisect', () => {
  it('finds something early enough, and little before the last of these', async () => {
    const step = fc.record({ bytes: fc.integer({ min: 1, max: longestStep }), time: fc.nat(1000) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 200 }),
        fc.nat(100_000),
        async (steps, time) => {
          const [places, size] = placesOf(steps);
          let looks = 0;
          const next = (from: number, to: number) => {
            looks++;
            return Promise.resolve(places.find(({ position }) => position >= from && position < to));
          };
          const found = await bisect(next, time, 0, size);
          assert.ok(found === undefined || found.time <= time);
          const late = places.find((place) => place.time > time)?.position ?? size;
          assert.ok(late - (found?.position ?? 0) <= 2 ** 17 + longestStep);
          assert.ok(looks < 3 + 2 * Math.log2(1 + size / 2 ** 16));
        },
      ),
    );
  });
});
