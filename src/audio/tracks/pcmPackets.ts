import type { CodedSound } from '../codecs/codedSound';
import { pcmFormats } from '../codecs/pcm';
import type { Packet } from './decodePackets';

/** In samples of each channel. */
const longestPacket = 4096;

/** Cuts long packets of uncompressed sound into short ones; in QuickTime files, one packet may take many seconds. */
export async function* shortened(
  packets: AsyncIterable<Packet>,
  { codec, sampleRate, channels }: CodedSound,
): AsyncGenerator<Packet> {
  const step = (pcmFormats[codec]?.bytes ?? 0) * channels;
  const longest = step > 0 ? longestPacket * step : Infinity;
  for await (const packet of packets) {
    if (packet.data.length <= longest) {
      yield packet;
      continue;
    }
    for (let at = 0; at < packet.data.length; at += longest) {
      const data = packet.data.subarray(at, at + longest);
      const timestamp = packet.timestamp + at / step / sampleRate;
      yield { data, timestamp, duration: data.length / step / sampleRate };
    }
  }
}
