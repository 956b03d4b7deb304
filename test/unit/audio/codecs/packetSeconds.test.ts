import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { EncodedPacketSink, type EncodedPacket } from 'mediabunny';
import { openDecoder } from '../../../../src/audio/codecs/codecs';
import { packetSeconds } from '../../../../src/audio/codecs/packetSeconds';
import { codedSound, openContainer, playedTrack } from '../../../../src/audio/containers/container';
import { fixture } from '../signal';

describe('packetSeconds', () => {
  for (const name of ['sweep.m4a', 'sweep.opus', 'sweep.webm', 'sweep.ogg', 'sweep.mka', 'sweep.flac']) {
    it(`knows what a decoder makes of each packet of ${name}`, async () => {
      const file = await open(fixture(name));
      const container = (await openContainer(fixture(name), file, (await file.stat()).size))!;
      const track = (await playedTrack(container.input))!;
      const sound = (await codedSound(track))!;
      const packets: EncodedPacket[] = [];
      for await (const packet of new EncodedPacketSink(track).packets()) {
        packets.push(packet);
      }
      const decoder = await openDecoder(sound, packets[0]!.data);
      let before: Uint8Array | undefined;
      for (const { data } of packets) {
        const [samples] = decoder.decode(data);
        const seconds = packetSeconds(sound, data, before);
        // The first packet of Vorbis only prepares the second.
        if (before || sound.codec !== 'vorbis') {
          assert.ok(Math.abs(seconds! - samples!.length / decoder.sampleRate) < 1e-9, `${seconds}`);
        } else {
          assert.equal(seconds, undefined);
        }
        before = data;
      }
      decoder.close();
      container.close();
      await file.close();
    });
  }

  it('knows uncompressed sound', () => {
    const sound = { codec: 'pcm-s16', sampleRate: 8000, channels: 2, description: undefined };
    assert.equal(packetSeconds(sound, new Uint8Array(3202), undefined), 0.1);
  });

  it('knows frames of MP3 and ADTS', () => {
    const sound = { sampleRate: 0, channels: 0, description: undefined };
    const mp3 = Uint8Array.of(0xff, 0xfb, 0x90, 0);
    assert.equal(packetSeconds({ ...sound, codec: 'mp3' }, mp3, undefined), 1152 / 44_100);
    const adts = Uint8Array.of(0xff, 0xf1, 0x50, 0x40, 0x02, 0x1f, 0xfd);
    assert.equal(packetSeconds({ ...sound, codec: 'aac' }, adts, undefined), 2048 / 44_100);
  });

  it('does not know of damaged packets, or of other codecs', () => {
    const sound = { sampleRate: 8000, channels: 1, description: undefined };
    for (const codec of ['mp3', 'aac', 'flac', 'opus', 'vorbis', 'ac3']) {
      assert.equal(packetSeconds({ ...sound, codec }, new Uint8Array(0), undefined), undefined);
    }
    const described = { ...sound, description: Uint8Array.of(1, 2, 3) };
    for (const codec of ['aac', 'flac', 'vorbis']) {
      const packet = Uint8Array.of(1, 2, 3);
      assert.equal(packetSeconds({ ...described, codec }, packet, packet), undefined);
    }
  });
});
