import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { EncodedPacketSink, type EncodedPacket } from 'mediabunny';
import { openDecoder } from '../../../../src/audio/codecs/codecs';
import { openMeasure } from '../../../../src/audio/codecs/measure';
import { playedTrack } from '../../../../src/audio/containers/playedTrack';
import { codedSound, openContainer } from '../../../../src/audio/containers/container';
import { findFlac } from '../../../../src/audio/frames/flacFile';
import { fixture } from '../signal';

describe('openMeasure', () => {
  for (const name of ['sweep.m4a', 'sweep.opus', 'sweep.webm', 'sweep.ogg', 'sweep.mka']) {
    it(`knows what a decoder makes of each packet of ${name}`, async () => {
      const file = await open(fixture(name));
      const { size } = await file.stat();
      const container = (await openContainer(fixture(name), file, size, size))!;
      const track = (await playedTrack(container.input))!;
      const sound = (await codedSound(track))!;
      const packets: EncodedPacket[] = [];
      for await (const packet of new EncodedPacketSink(track).packets()) {
        packets.push(packet);
      }
      const decoder = await openDecoder(sound, packets[0]!.data);
      const measure = openMeasure(sound)!;
      for (const { data } of packets) {
        const [samples] = decoder.decode(data);
        const seconds = measure.length(data) / measure.rate;
        assert.ok(Math.abs(seconds - samples!.length / decoder.sampleRate) < 1e-9, `${seconds}`);
      }
      decoder.close();
      container.close();
      await file.close();
    });
  }

  it('knows frames of FLAC', async () => {
    const file = await open(fixture('sweep.flac'));
    const { size } = await file.stat();
    const { description, first } = (await findFlac(file, size, size))!;
    const frame = readFileSync(fixture('sweep.flac')).subarray(first.position);
    await file.close();
    const measure = openMeasure({ codec: 'flac', sampleRate: 8000, channels: 1, description })!;
    assert.equal(measure.length(frame), 576);
  });

  it('knows uncompressed sound', () => {
    const sound = { codec: 'pcm-s16', sampleRate: 8000, channels: 2, description: undefined };
    assert.equal(openMeasure(sound)?.length(new Uint8Array(3202)), 800);
  });

  it('knows frames of MP3 and ADTS', () => {
    const sound = { sampleRate: 44_100, channels: 0, description: undefined };
    const mp3 = Uint8Array.of(0xff, 0xfb, 0x90, 0);
    assert.equal(openMeasure({ ...sound, codec: 'mp3' })?.length(mp3), 1152);
    const adts = Uint8Array.of(0xff, 0xf1, 0x50, 0x40, 0x02, 0x1f, 0xfd);
    assert.equal(openMeasure({ ...sound, codec: 'aac' })?.length(adts), 2048);
  });

  it('does not know of damaged packets, or of other codecs', () => {
    const sound = { sampleRate: 8000, channels: 1, description: undefined };
    for (const codec of ['mp3', 'aac', 'opus']) {
      assert.equal(openMeasure({ ...sound, codec })?.length(new Uint8Array(0)), 0);
    }
    for (const codec of ['flac', 'vorbis', 'ac3']) {
      assert.equal(openMeasure({ ...sound, codec }), undefined);
    }
    for (const codec of ['aac', 'flac', 'vorbis']) {
      assert.equal(openMeasure({ ...sound, codec, description: Uint8Array.of(1, 2, 3) }), undefined);
    }
  });
});
