import { openAac } from './aac';
import { AacError } from './aac/aacError';
import { unsupported } from '../sound/soundFailures';
import { FlacDecoder } from './flac/flacDecoder';
import { readStreamInfo } from './flac/streamInfo';
import { DamagedPacket } from '../coding/damaged';
import { readFrameHeader } from './mp3/frameHeader';
import { Mp3Decoder } from './mp3/mp3Decoder';
import { openOpus, packetSamples, readOpusHead } from './opus';
import type { PacketDecoder } from '../coding/packetDecoder';
import { PcmDecoder, pcmFormats } from './pcm';
import { VorbisDecoder } from './vorbis/vorbisDecoder';

/** What a container says of a sound track. */
export interface CodedSound {
  /** As mediabunny names it. */
  readonly codec: string;
  readonly sampleRate: number;
  readonly channels: number;
  /** What the codec itself wants to be known before the first packet. */
  readonly description: Uint8Array | undefined;
}

/** @throws AudioError when the codec is not one of those here; DamagedPacket when its description is damaged */
export async function openDecoder(sound: CodedSound, firstPacket: Uint8Array): Promise<PacketDecoder> {
  const { codec, description } = sound;
  const pcm = pcmFormats[codec];
  if (pcm) {
    const { sampleRate, channels } = sound;
    const grain = Math.floor(firstPacket.length / (pcm.bytes * Math.max(1, channels)));
    return new PcmDecoder(pcm, sampleRate, channels, Math.max(1, grain));
  }
  switch (codec) {
    case 'mp3':
      return openMpegAudio(firstPacket);
    case 'aac':
      return openAacOrExplain(description, firstPacket);
    case 'flac':
      return new FlacDecoder(readStreamInfo(present(description)));
    case 'vorbis':
      return new VorbisDecoder(present(description));
    case 'opus':
      return openOpus(readOpusHead(present(description)), firstPacket);
    default:
      throw unsupported(codecName(codec));
  }
}

/**
 * Measures the packets of a stream, one after the other, without decoding them.
 *
 * @returns how many samples each has at the rate in which Ogg counts: 0 for a damaged one, and the first one of Vorbis
 * @throws AudioError when the codec is none that Ogg has here; DamagedPacket when its description is damaged
 */
export function openMeasure({ codec, description }: CodedSound): (packet: Uint8Array) => number {
  switch (codec) {
    case 'opus':
      return orZero((packet) => packetSamples(packet) * 3);
    case 'vorbis': {
      const decoder = new VorbisDecoder(present(description));
      return orZero((packet) => decoder.skip(packet));
    }
    default:
      throw unsupported(codecName(codec));
  }
}

function orZero(measure: (packet: Uint8Array) => number): (packet: Uint8Array) => number {
  return (packet) => {
    try {
      return measure(packet);
    } catch (thrown) {
      if (thrown instanceof DamagedPacket) {
        return 0;
      }
      throw thrown;
    }
  };
}

function openMpegAudio(firstFrame: Uint8Array): PacketDecoder {
  const { layer } = readFrameHeader(firstFrame);
  if (layer !== 3) {
    throw unsupported(`MPEG audio of layer ${'I'.repeat(layer)}`);
  }
  return new Mp3Decoder(firstFrame);
}

function openAacOrExplain(description: Uint8Array | undefined, firstPacket: Uint8Array): PacketDecoder {
  try {
    return openAac(description, firstPacket);
  } catch (thrown) {
    if (thrown instanceof AacError && thrown.kind === 'unsupported') {
      throw unsupported('This kind of AAC', { cause: thrown });
    }
    throw thrown;
  }
}

function present(description: Uint8Array | undefined): Uint8Array {
  if (!description) {
    throw new DamagedPacket('the container does not describe the codec');
  }
  return description;
}

/** By what containers call them: four letters, Matroska's names, and the numbers of WAV files. */
const names: Readonly<Partial<Record<string, string>>> = {
  ac3: 'Dolby Digital (AC-3)',
  eac3: 'Dolby Digital Plus (E-AC-3)',
  dts: 'DTS',
  alac: 'Apple Lossless (ALAC)',
  A_ALAC: 'Apple Lossless (ALAC)',
  samr: 'AMR',
  sawb: 'AMR wideband',
  sawp: 'AMR wideband',
  'ac-4': 'Dolby AC-4',
  enca: 'Sound that is protected by DRM',
  drms: 'Sound that is protected by DRM',
  A_TRUEHD: 'Dolby TrueHD',
  A_WAVPACK4: 'WavPack',
  A_TTA1: 'True Audio (TTA)',
  'WAV 2': 'ADPCM sound',
  'WAV 17': 'ADPCM sound',
  'WAV 49': 'GSM sound',
  'WAV 80': 'MPEG audio in a WAV file',
  'WAV 85': 'MP3 in a WAV file',
  'WAV 353': 'Windows Media (WMA)',
};

/** @param id what the container calls the codec */
export function codecName(id: string): string {
  return names[id] ?? `Sound in the codec ${JSON.stringify(id)}`;
}
