import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SampleHistory } from '../../../../../src/local/speech/voiceActivity/sampleHistory';

describe('SampleHistory', () => {
  it('returns the samples that it keeps, by their positions in the whole sound', () => {
    const lengths = fc.array(fc.record({ length: fc.nat(20), forget: fc.nat(60) }), { maxLength: 8 });
    fc.assert(
      fc.property(lengths, fc.nat(150), fc.nat(30), (blocks, from, length) => {
        const history = new SampleHistory();
        let kept = 0;
        for (const block of blocks) {
          const end = history.end;
          kept = Math.max(kept, Math.min(block.forget, end));
          history.add(
            Float32Array.from({ length: block.length }, (_, i) => end + i),
            block.forget,
          );
        }
        const expected = Array.from({ length }, (_, i) => from + i).filter(
          (at) => at >= kept && at < history.end,
        );
        assert.deepEqual([...history.slice(from, from + length)], expected);
      }),
    );
  });
});
