// Makes the videos in test/fixtures/videos: node scripts/make-videos.mjs
// Needs ffmpeg with x264 and libvpx. The sound is the start of test/fixtures/dialogue, the picture is ffmpeg's test card.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const seconds = '12';
const dialogue = fileURLToPath(new URL('../test/fixtures/dialogue/dialogue.mp3', import.meta.url));
const folder = fileURLToPath(new URL('../test/fixtures/videos/', import.meta.url));

const picture = ['-f', 'lavfi', '-t', seconds, '-i', 'testsrc2=size=320x180:rate=10'];
const speech = ['-t', seconds, '-i', dialogue];
/** Makes the files reproducible. */
const exact = ['-bitexact', '-map_metadata', '-1', '-flags', '+bitexact', '-threads', '1'];

const videos = {
  'meeting.mp4': [
    ...['-c:v', 'libx264', '-preset', 'veryslow', '-b:v', '150k', '-pix_fmt', 'yuv420p'],
    ...['-c:a', 'aac', '-b:a', '32k', '-ar', '16000', '-ac', '1'],
  ],
  'meeting.webm': [
    ...['-c:v', 'libvpx', '-b:v', '150k', '-deadline', 'best'],
    ...['-c:a', 'libopus', '-b:a', '24k', '-ac', '1'],
  ],
};

mkdirSync(folder, { recursive: true });
for (const [name, encoding] of Object.entries(videos)) {
  const inputs = [...picture, ...speech, '-map', '0:v', '-map', '1:a'];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...inputs, ...encoding, ...exact, join(folder, name)]);
}
