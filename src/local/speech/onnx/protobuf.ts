// The wire format of Protocol Buffers (https://protobuf.dev/programming-guides/encoding), as far as it is needed to add
// fields to a message without knowing its schema.

/** A field of a message. */
export interface Field {
  readonly number: number;
  /** The bytes of the tag and the value. */
  readonly whole: Uint8Array;
  /** The bytes of the value; for a length-delimited field those after the length. */
  readonly value: Uint8Array;
}

/** The wire type of bytes, texts and embedded messages. */
const lengthDelimited = 2;

/**
 * The fields of a message, in order.
 *
 * @throws RangeError when the bytes are not a message
 */
export function* fieldsOf(message: Uint8Array): Generator<Field> {
  let position = 0;
  while (position < message.length) {
    const start = position;
    const tag = readVarint(message, position);
    const valueAt = tag.next + lengthPrefix(message, tag);
    position = valueAt + valueLength(message, tag);
    if (position > message.length) {
      throw new RangeError('The message ends in the middle of a field.');
    }
    yield {
      number: Math.floor(tag.value / 8),
      whole: message.subarray(start, position),
      value: message.subarray(valueAt, position),
    };
  }
}

/** Encodes a field that holds bytes, a text or a message. */
export function bytesField(number: number, value: Uint8Array | string): Uint8Array {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  return Buffer.concat([varint(number * 8 + lengthDelimited), varint(bytes.length), bytes]);
}

/** Encodes a field that holds a whole number from 0 to 2^53 - 1. */
export function numberField(number: number, value: number): Uint8Array {
  return Buffer.concat([varint(number * 8), varint(value)]);
}

/** Replaces fields of a message: `change` returns the encoded new field, or undefined to keep the field. */
export function mapFields(message: Uint8Array, change: (field: Field) => Uint8Array | undefined): Uint8Array {
  return Buffer.concat([...fieldsOf(message)].map((each) => change(each) ?? each.whole));
}

interface Varint {
  readonly value: number;
  /** Position after the number. */
  readonly next: number;
}

function readVarint(bytes: Uint8Array, at: number): Varint {
  let value = 0;
  for (let next = at, scale = 1; next < bytes.length && next < at + 10; next++, scale *= 128) {
    const byte = bytes[next] ?? 0;
    value += (byte % 128) * scale;
    if (byte < 128) {
      return { value, next: next + 1 };
    }
  }
  throw new RangeError('The message ends in the middle of a number.');
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) {
    bytes.push((rest % 128) + 128);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

function lengthPrefix(message: Uint8Array, tag: Varint): number {
  return tag.value % 8 === lengthDelimited ? readVarint(message, tag.next).next - tag.next : 0;
}

function valueLength(message: Uint8Array, tag: Varint): number {
  switch (tag.value % 8) {
    case 0:
      return readVarint(message, tag.next).next - tag.next;
    case 1:
      return 8;
    case lengthDelimited:
      return readVarint(message, tag.next).value;
    case 5:
      return 4;
    default:
      throw new RangeError(`Wire type ${tag.value % 8} is not supported.`);
  }
}
