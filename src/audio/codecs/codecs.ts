import { openAac } from './aac';
import { AacError } from './aac/aacError';
import { unsupported } from '../sound/soundFailures';
import { parseAdtsHeader } from './aac/adts';
import { ChangingDecoder, type FrameCodec } from './changingDecoder';
import { codecName } from './codecName';
import type { CodedSound } from './codedSound';
import { FlacDecoder } from './flac/flacDecoder';
import { readStreamInfo } from './flac/streamInfo';
import { DamagedPacket } from '../coding/damaged';
import { parseFrameHeader, readFrameHeader } from './mp3/frameHeader';
import { Mp3Decoder } from './mp3/mp3Decoder';
import { openOpus } from './opus';
import { readOpusHead } from './opusFormat';
import type { PacketDecoder } from '../coding/packetDecoder';
import { PcmDecoder, pcmFormats } from './pcm';
import { VorbisDecoder } from './vorbis/vorbisDecoder';

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
      return new ChangingDecoder(mpegAudio, firstPacket);
    case 'aac':
      return description
        ? openAacOrExplain(description, firstPacket)
        : new ChangingDecoder(adts, firstPacket);
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

const mpegAudio: FrameCodec = {
  open: openMpegAudio,
  kindOf(frame) {
    const header = parseFrameHeader(frame);
    return header && `${header.layer} ${header.sampleRate} ${header.channels}`;
  },
};
const adts: FrameCodec = {
  open: (frame) => openAacOrExplain(undefined, frame),
  kindOf(frame) {
    const header = parseAdtsHeader(frame);
    return header && `${header.objectType} ${header.sampleRate} ${header.channelConfiguration}`;
  },
};

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
