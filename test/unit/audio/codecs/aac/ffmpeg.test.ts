import assert from 'node:assert/strict';
import { adtsConfig } from '../../../../../src/audio/codecs/aac/adts';
import { defaultElements } from '../../../../../src/audio/codecs/aac/channelElements';
import { parseAudioSpecificConfig, type AacConfig } from '../../../../../src/audio/codecs/aac/config';
import { AacDecoder } from '../../../../../src/audio/codecs/aac/decoder';
import { fixturePath } from '../../../../support/fixtures';
import { ffmpeg, hasFfmpeg, needsFfmpeg } from '../../../../support/ffmpeg';
import { decodeByFfmpeg } from './ffmpeg';
import { seededRandom } from '../../../../support/seededRandom';
import { FrameWriter, type Extras } from './frameWriter';
import {
  adtsFrame,
  adtsPackets,
  audioSpecificConfig,
  decodeAdtsFile,
  joinFrames,
  loasFrame,
  samplingFrequencies,
  signalToNoise,
} from './streams';

const speech = ['-i', fixturePath('dialogue', 'dialogue.mp3'), '-t', '4'];
const withoutNoise = ['-c:a', 'aac', '-aac_pns', '0'];

/** A chord, and bursts of noise that make an encoder change to short windows. */
function signal(channels: number, sampleRate: number, layout = `${channels}c`): string[] {
  const voice = (i: number): string =>
    `0.3*sin(2*PI*${200 + 150 * i}*t)+0.2*(random(${i})-0.5)*lt(mod(3*t+${i}/3\\,1)\\,0.1)`;
  const voices = Array.from({ length: channels }, (_, i) => voice(i)).join('|');
  return ['-f', 'lavfi', '-i', `aevalsrc=exprs=${voices}:c=${layout}:s=${sampleRate}:d=2`];
}

function assertSame(actual: readonly Float32Array[], expected: readonly Float32Array[]): void {
  assert.equal(actual.length, expected.length);
  expected.forEach((samples, channel) => {
    assert.equal(actual[channel]!.length, samples.length);
    const ratio = signalToNoise(samples, actual[channel]!);
    assert.ok(ratio > 80, `channel ${channel}: ${ratio} dB`);
  });
}

function energyOf(samples: Float32Array): number {
  return samples.reduce((sum, value) => sum + value ** 2, 0);
}

/** Frames of the writer, as our decoder and as ffmpeg's decode them. */
function decodeTwice(
  sampleRate: number,
  channelConfiguration: number,
  samplesPerFrame: 1024 | 960,
  extras: Extras = {},
): [Float32Array[], Float32Array[]] {
  const asc: Parameters<typeof audioSpecificConfig> = [sampleRate, channelConfiguration, samplesPerFrame];
  const config: AacConfig = parseAudioSpecificConfig(audioSpecificConfig(...asc).toBytes());
  const writer = new FrameWriter(config, seededRandom(sampleRate + channelConfiguration), extras);
  const frames = Array.from({ length: 24 }, () => writer.nextFrame());
  const decoder = new AacDecoder(config);
  const ours = joinFrames(frames.map((frame) => decoder.decode(frame)));
  const samplingFrequencyIndex = samplingFrequencies.indexOf(sampleRate);
  const theirs =
    samplesPerFrame === 960
      ? decodeByFfmpeg('loas', Buffer.concat(frames.map((frame) => loasFrame(frame, asc))), decoder.channels)
      : decodeByFfmpeg(
          'aac',
          Buffer.concat(
            frames.map((frame) => adtsFrame([frame], { samplingFrequencyIndex, channelConfiguration })),
          ),
          decoder.channels,
        );
  return [ours, theirs];
}

describe(`AacDecoder beside ffmpeg's${needsFfmpeg}`, () => {
  before(function () {
    if (!hasFfmpeg) {
      this.skip();
    }
  });

  describe('with what ffmpeg encodes', () => {
    for (const [what, args] of [
      ['speech at 8 kHz', [...speech, ...withoutNoise, '-ar', '8000', '-b:a', '24k']],
      ['speech at 16 kHz', [...speech, ...withoutNoise, '-ar', '16000', '-b:a', '32k']],
      ['speech at 44.1 kHz', [...speech, ...withoutNoise, '-ar', '44100', '-b:a', '64k']],
      ['speech at 48 kHz, stereo', [...speech, ...withoutNoise, '-ar', '48000', '-ac', '2', '-b:a', '128k']],
      ['bursts at 96 kHz', [...signal(1, 96_000), ...withoutNoise]],
      ['bursts at 22.05 kHz', [...signal(2, 22_050), ...withoutNoise, '-b:a', '48k']],
      ['middle and side', [...signal(2, 44_100), ...withoutNoise, '-aac_ms', '1', '-aac_is', '0']],
      ['intensity', [...signal(2, 44_100), ...withoutNoise, '-b:a', '40k', '-aac_is', '1']],
      ['TNS', [...signal(2, 44_100), ...withoutNoise, '-aac_tns', '1']],
      ['no TNS', [...signal(2, 44_100), ...withoutNoise, '-aac_tns', '0']],
      ['the fast coder', [...signal(2, 44_100), ...withoutNoise, '-aac_coder', 'fast']],
      ['loud noise', ['-f', 'lavfi', '-i', 'anoisesrc=d=2:a=1:seed=1', ...withoutNoise, '-b:a', '200k']],
      ['silence', ['-f', 'lavfi', '-i', 'anullsrc=cl=mono:d=0.5', ...withoutNoise]],
      ['5.1', [...signal(6, 48_000, '5.1'), ...withoutNoise]],
      ['2.1, by a program configuration', [...signal(3, 48_000, '2.1'), ...withoutNoise]],
      ['6.1, by a program configuration', [...signal(7, 44_100, '6.1'), ...withoutNoise]],
    ] as const) {
      it(`has the same samples: ${what}`, () => {
        const file = ffmpeg([...args, '-f', 'adts', 'pipe:1']);
        const { channels } = decodeAdtsFile(file);
        const expected = decodeByFfmpeg('aac', file, channels.length);
        if (what === 'silence') {
          assert.ok(channels.every((samples) => energyOf(samples) === 0));
        } else {
          assertSame(channels, expected);
        }
      });
    }

    it('has as much noise where noise is only described', () => {
      const file = ffmpeg([
        ...speech,
        '-c:a',
        'aac',
        '-aac_pns',
        '1',
        '-ar',
        '44100',
        '-b:a',
        '32k',
        '-f',
        'adts',
        'pipe:1',
      ]);
      const { channels } = decodeAdtsFile(file);
      const [expected] = decodeByFfmpeg('aac', file, 1);
      assert.ok(Math.abs(10 * Math.log10(energyOf(channels[0]!) / energyOf(expected!))) < 0.1);
    });

    it('finds the same configuration in an mp4 file', () => {
      const encode = [...signal(6, 44_100, '5.1'), ...withoutNoise];
      const [packet] = adtsPackets(ffmpeg([...encode, '-f', 'adts', 'pipe:1']));
      const mp4 = Buffer.from(ffmpeg([...encode, '-movflags', 'empty_moov', '-f', 'mp4', 'pipe:1']));
      // DecoderSpecificInfo: its tag, a length of four bytes, and the AudioSpecificConfig.
      const tag = mp4.indexOf(Buffer.of(5, 0x80, 0x80, 0x80), mp4.indexOf('esds'));
      const config = mp4.subarray(tag + 5, tag + 5 + mp4[tag + 4]!);
      assert.deepEqual(parseAudioSpecificConfig(config), adtsConfig(packet!));
    });
  });

  describe('with frames that use everything', () => {
    for (const [index, sampleRate] of samplingFrequencies.entries()) {
      const channelConfiguration = [2, 1, 3, 4, 2, 5, 6][index % 7]!;
      const channels = defaultElements(channelConfiguration).flatMap((element) => element.channels).length;
      it(`has the same samples: ${sampleRate} Hz, ${channels} channels`, () => {
        assertSame(...decodeTwice(sampleRate, channelConfiguration, 1024, { filler: true }));
      });
    }

    for (const sampleRate of [96_000, 48_000, 32_000, 16_000, 8_000]) {
      it(`has the same samples: ${sampleRate} Hz, 960 a frame`, () => {
        assertSame(...decodeTwice(sampleRate, 2, 960));
      });
    }

    it('has as much noise', () => {
      const [ours, theirs] = decodeTwice(44_100, 1, 1024, { books: [13] });
      assert.ok(Math.abs(10 * Math.log10(energyOf(ours[0]!) / energyOf(theirs[0]!))) < 0.5);
    });
  });
});
