import {
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  FilePathTarget,
  Input,
  MP4,
  Mp4OutputFormat,
  Output,
  type InputAudioTrack,
} from 'mediabunny';
import { fixturePath } from '../../support/fixtures';

/** How a video differs from the fixture. */
interface Differences {
  /** How much later its sound begins. */
  readonly lateSeconds?: number;
  /** Whether it is written in pieces, each with its own index. */
  readonly fragmented?: boolean;
  /** A recording whose sound is a first track, which is not marked as the one to play. */
  readonly decoy?: string;
}

/** Writes the MP4 fixture in another way. */
export async function makeVideo(path: string, differences: Differences): Promise<void> {
  const { lateSeconds = 0, fragmented = false, decoy } = differences;
  const input = open(fixturePath('videos/meeting.mp4'));
  const other = decoy === undefined ? undefined : open(fixturePath('audio', decoy));
  const [video] = await input.getVideoTracks();
  const [audio] = await input.getAudioTracks();
  const decoyTrack = other && (await other.getAudioTracks())[0];
  const output = new Output({
    format: new Mp4OutputFormat({ fastStart: fragmented && 'fragmented' }),
    target: new FilePathTarget(path),
  });
  const picture = new EncodedVideoPacketSource((await video!.getCodec())!);
  output.addVideoTrack(picture);
  const sounds: [InputAudioTrack, EncodedAudioPacketSource][] = [];
  for (const track of [decoyTrack, audio]) {
    if (track) {
      const sound = new EncodedAudioPacketSource((await track.getCodec())!);
      output.addAudioTrack(sound, { disposition: { default: track === audio } });
      sounds.push([track, sound]);
    }
  }
  await output.start();
  await Promise.all([
    (async () => {
      const decoderConfig = (await video!.getDecoderConfig())!;
      for await (const packet of new EncodedPacketSink(video!).packets()) {
        await picture.add(packet, { decoderConfig });
      }
      picture.close();
    })(),
    ...sounds.map(async ([track, sound]) => {
      const decoderConfig = (await track.getDecoderConfig())!;
      for await (const packet of new EncodedPacketSink(track).packets()) {
        await sound.add(packet.clone({ timestamp: packet.timestamp + lateSeconds }), { decoderConfig });
      }
      sound.close();
    }),
  ]);
  await output.finalize();
  input.dispose();
  other?.dispose();
}

const open = (path: string): Input => new Input({ source: new FilePathSource(path), formats: [MP4] });
