import { ffmpeg } from '../../../../support/ffmpeg';
import { toFloats } from '../../signal';

/** What ffmpeg's decoder makes of a stream, channel by channel. */
export function decodeByFfmpeg(
  format: 'aac' | 'loas' | 'mp4',
  stream: Uint8Array,
  channels: number,
): Float32Array[] {
  const bytes = ffmpeg(['-f', format, '-i', 'pipe:0', '-f', 'f32le', 'pipe:1'], stream);
  const samples = toFloats(bytes);
  return Array.from({ length: channels }, (_, channel) => samples.filter((_, i) => i % channels === channel));
}
