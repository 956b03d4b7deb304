/** A cyclic redundancy check as FLAC has them: most significant bit first, from 0. */
function crc(bits: 8 | 16, polynomial: number): (bytes: Uint8Array) => number {
  const mask = 2 ** bits - 1;
  const table = Uint16Array.from({ length: 256 }, (_, byte) => {
    let value = byte << (bits - 8);
    for (let bit = 0; bit < 8; bit++) {
      value = (value >> (bits - 1)) & 1 ? (value << 1) ^ polynomial : value << 1;
    }
    return value & mask;
  });
  return (bytes) => {
    let value = 0;
    for (const byte of bytes) {
      value = ((value << 8) & mask) ^ (table[(value >> (bits - 8)) ^ byte] ?? 0);
    }
    return value;
  };
}

/** Of a frame's header. RFC 9639, section 9.1.8. */
export const crc8 = crc(8, 0x07);
/** Of a whole frame. RFC 9639, section 9.3. */
export const crc16 = crc(16, 0x8005);
