import { EncodedPacketSink, type Input, type InputAudioTrack } from 'mediabunny';
import { pcmFormats } from '../codecs/pcm';

/** At most so many bytes, packets of silence have; sound takes more at the lowest bit rates that encoders know. */
const maxSilentBytes: Readonly<Partial<Record<string, number>>> = {
  aac: 24,
  flac: 24,
  opus: 4,
  vorbis: 4,
  mp3: 0,
};
/** How many places all over a track are looked at. */
const probes = 32;

/**
 * The sound track that is heard: the one marked as the default or else the first. Where that one is silent all over, as recorders of
 * screens leave a microphone that is not used, or its codec is not decoded here, it is the next one that is not.
 *
 * @returns undefined where there is none
 */
export async function playedTrack(input: Input): Promise<InputAudioTrack | undefined> {
  const tracks = await input.getAudioTracks();
  const marks = await Promise.all(tracks.map(async (track) => (await track.getDisposition()).default));
  const marked = tracks[Math.max(0, marks.indexOf(true))];
  if (!marked || tracks.length === 1) {
    return marked;
  }
  const readable: InputAudioTrack[] = [];
  for (const track of [marked, ...tracks.filter((each) => each !== marked)]) {
    if (isDecoded(await track.getCodec())) {
      readable.push(track);
    }
  }
  for (const track of readable) {
    if (!(await isSilent(track))) {
      return track;
    }
  }
  return readable[0] ?? marked;
}

function isDecoded(codec: string | null): codec is string {
  return codec !== null && (codec in maxSilentBytes || codec in pcmFormats);
}

async function isSilent(track: InputAudioTrack): Promise<boolean> {
  const sink = new EncodedPacketSink(track);
  const most = maxSilentBytes[(await track.getCodec()) ?? ''];
  const seconds = (await track.getDurationFromMetadata()) ?? (await track.computeDuration());
  for (let probe = 1; probe < probes; probe++) {
    const packet = await sink.getPacket((seconds * probe) / probes);
    const isSound =
      most === undefined ? packet?.data.some((byte) => byte !== 0) : packet && packet.byteLength > most;
    if (isSound) {
      return false;
    }
  }
  return true;
}
