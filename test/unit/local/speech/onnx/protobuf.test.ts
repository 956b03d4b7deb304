import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bytesField, fieldsOf, mapFields, numberField } from '../../../../../src/local/speech/onnx/protobuf';

const fieldNumber = fc.integer({ min: 1, max: 100_000 });

describe('Protocol Buffers messages', () => {
  it('are read as they were written', () => {
    const fields = fc.array(fc.tuple(fieldNumber, fc.uint8Array({ maxLength: 400 })), { maxLength: 6 });
    fc.assert(
      fc.property(fields, (written) => {
        const message = Buffer.concat(written.map(([number, value]) => bytesField(number, value)));
        assert.deepEqual(
          [...fieldsOf(message)].map(({ number, value }) => [number, [...value]]),
          written.map(([number, value]) => [number, [...value]]),
        );
      }),
    );
  });

  it('may contain numbers and values of fixed length', () => {
    const fixed64 = Uint8Array.of(1 * 8 + 1, 1, 2, 3, 4, 5, 6, 7, 8);
    const fixed32 = Uint8Array.of(2 * 8 + 5, 1, 2, 3, 4);
    const message = Buffer.concat([fixed64, fixed32, numberField(3, 70_000), bytesField(4, 'text')]);
    const found = [...fieldsOf(message)].map(({ number, value }) => [number, value.length]);
    assert.deepEqual(found, [
      [1, 8],
      [2, 4],
      [3, 3],
      [4, 4],
    ]);
  });

  it('keep unchanged fields byte for byte', () => {
    const message = Buffer.concat([
      numberField(1, 5),
      bytesField(2, 'a'),
      bytesField(3, 'b'),
      bytesField(2, 'c'),
    ]);
    assert.deepEqual(
      mapFields(message, () => undefined),
      message,
    );
    assert.deepEqual(
      mapFields(message, ({ number }) => (number === 2 ? bytesField(2, 'x') : undefined)),
      Buffer.concat([numberField(1, 5), bytesField(2, 'x'), bytesField(3, 'b'), bytesField(2, 'x')]),
    );
  });

  it('are refused if they end too early', () => {
    const message = bytesField(1, 'four');
    for (let length = 1; length < message.length; length++) {
      assert.throws(() => [...fieldsOf(message.subarray(0, length))], RangeError);
    }
  });

  it('give fields or a RangeError, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          const whole = [...fieldsOf(bytes)].map((each) => each.whole);
          assert.deepEqual(Buffer.concat(whole), Buffer.from(bytes));
        } catch (thrown) {
          assert.ok(thrown instanceof RangeError);
        }
      }),
    );
  });
});
