import assert from 'node:assert/strict';
import { ChangingDecoder, type FrameCodec } from '../../../../src/audio/codecs/changingDecoder';
import type { PacketDecoder } from '../../../../src/audio/coding/packetDecoder';
import { join32 } from '../signal';

const samplesOfPacket = 960;
/** A packet has its rate in kHz, and its number. */
const packet = (kilohertz: number, number: number): Uint8Array => Uint8Array.of(kilohertz, number);

/** Decodes packets to a tone that goes on from one to the next. */
function toneDecoder(rate: number): PacketDecoder {
  return {
    sampleRate: rate,
    channels: 1,
    grain: samplesOfPacket,
    settlingPackets: 1,
    decode: ([, number = 0]) => [
      Float32Array.from({ length: samplesOfPacket }, (_, i) =>
        Math.sin((2 * Math.PI * 440 * (number * samplesOfPacket + i)) / rate),
      ),
    ],
    skip: () => samplesOfPacket,
    forget: () => undefined,
    close: () => undefined,
  };
}

const codec: FrameCodec = {
  open: ([kilohertz = 0]) => toneDecoder(kilohertz * 1000),
  kindOf: ([kilohertz]) => String(kilohertz),
};

describe('ChangingDecoder', () => {
  const before = Array.from({ length: 4 }, (_, number) => packet(48, number));
  const behind = Array.from({ length: 20 }, (_, number) => packet(24, number));

  it('gives each packet the length that its frame says, also where the rate changes', () => {
    const decoder = new ChangingDecoder(codec, packet(48, 0));
    const lengths = [...before, ...behind].map((each) => decoder.decode(each)[0]?.length);
    assert.deepEqual(lengths, [...before.map(() => 960), ...behind.map(() => 1920)]);
    assert.equal(decoder.skip(packet(24, 0)), 1920);
  });

  it('gives the same samples behind a change wherever decoding begins', () => {
    const whole = new ChangingDecoder(codec, packet(48, 0));
    const samples = [...before, ...behind].map((each) => whole.decode(each)[0] ?? new Float32Array(0));
    const late = new ChangingDecoder(codec, packet(48, 0));
    const others = behind.slice(9).map((each) => late.decode(each)[0] ?? new Float32Array(0));
    assert.deepEqual(join32(others.slice(1)), join32(samples.slice(before.length + 10)));
  });
});
