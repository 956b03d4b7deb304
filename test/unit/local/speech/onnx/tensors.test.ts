import assert from 'node:assert/strict';
import { Tensor } from 'onnxruntime-web';
import { floatsOf, outputOf } from '../../../../../src/local/speech/onnx/tensors';

describe('Outputs of an inference', () => {
  const logits = new Tensor('float32', Float32Array.of(1, 2), [2]);
  const counts = new Tensor('int64', BigInt64Array.of(1n), [1]);

  it('are found by their names', () => {
    assert.deepEqual(floatsOf(outputOf({ logits, counts }, 'logits')), Float32Array.of(1, 2));
  });

  it('are errors if the model lacks them or if they have another type', () => {
    assert.throws(() => outputOf({ logits }, 'states'), { message: 'The model has no output states.' });
    assert.throws(() => floatsOf(counts), { message: 'The model returned int64 instead of float32.' });
  });
});
