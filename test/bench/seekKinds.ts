/** A way to write a recording. */
export interface Kind {
  readonly name: string;
  /** What ffmpeg is told to encode with. */
  readonly args: string;
  /** And to write with, whether it encodes or copies. */
  readonly write?: string;
  readonly suffix: string;
  /** Whether there is a picture, too. */
  readonly video?: true;
  /** Whether a long one is encoded as a whole: repeated, it would not be one of its kind. */
  readonly isEncodedWhole?: true;
}

const picture = '-map 0:a -map 1:v -c:v libx264 -preset ultrafast -b:v 1500k -g 250';
const fragments = '-frag_duration 2000000 -movflags empty_moov+default_base_moof';

export const kinds: readonly Kind[] = [
  { name: 'WAV, 8 bits, 8 kHz, mono', args: '-c:a pcm_u8 -ar 8000 -ac 1', suffix: 'wav' },
  { name: 'WAV, 16 bits, 44.1 kHz', args: '-c:a pcm_s16le -ar 44100', suffix: 'wav' },
  { name: 'WAV, 24 bits, 48 kHz', args: '-c:a pcm_s24le', suffix: 'wav' },
  { name: 'WAV, 32-bit floats, 22.05 kHz', args: '-c:a pcm_f32le -ar 22050', suffix: 'wav' },
  { name: 'AIFF, 16 bits, 44.1 kHz', args: '-c:a pcm_s16be -ar 44100', suffix: 'aiff' },
  { name: 'AU, mu-law, 8 kHz, mono', args: '-c:a pcm_mulaw -ar 8000 -ac 1', suffix: 'au' },
  { name: 'MP3, CBR 128, 44.1 kHz', args: '-ar 44100 -b:a 128k', suffix: 'mp3', isEncodedWhole: true },
  {
    name: 'MP3, CBR 128 without a header',
    args: '-ar 44100 -b:a 128k',
    write: '-write_xing 0',
    suffix: 'mp3',
    isEncodedWhole: true,
  },
  { name: 'MP3, CBR 128, joined of parts', args: '-ar 44100 -b:a 128k', suffix: 'mp3' },
  { name: 'MP3, VBR, 44.1 kHz', args: '-ar 44100 -q:a 4', suffix: 'mp3' },
  { name: 'MP3, VBR without a header', args: '-ar 44100 -q:a 4', write: '-write_xing 0', suffix: 'mp3' },
  { name: 'MP3, ABR 96, 48 kHz', args: '-abr 1 -b:a 96k', suffix: 'mp3' },
  { name: 'MP3, MPEG-2, 22.05 kHz, mono', args: '-ar 22050 -ac 1 -b:a 32k', suffix: 'mp3' },
  { name: 'MP3, MPEG-2.5, 8 kHz, mono', args: '-ar 8000 -ac 1 -b:a 8k', suffix: 'mp3' },
  { name: 'ADTS, 44.1 kHz', args: '-c:a aac -ar 44100 -b:a 128k', suffix: 'aac' },
  { name: 'MP4, AAC, 44.1 kHz', args: '-c:a aac -ar 44100 -b:a 128k', suffix: 'm4a' },
  { name: 'MP4, AAC, 16 kHz, mono', args: '-c:a aac -ar 16000 -ac 1 -b:a 32k', suffix: 'm4a' },
  { name: 'MP4, AAC in fragments', args: '-c:a aac -ar 44100', write: fragments, suffix: 'mp4' },
  {
    name: 'MP4, AAC in fragments without an index',
    args: '-c:a aac -ar 44100',
    write: `${fragments}+skip_trailer`,
    suffix: 'mp4',
  },
  { name: 'MP4, MP3', args: '-c:a libmp3lame -ar 44100', suffix: 'mp4' },
  { name: 'MP4, Opus', args: '-c:a libopus', suffix: 'mp4' },
  { name: 'MP4, FLAC', args: '-c:a flac -strict -2', write: '-strict -2', suffix: 'mp4' },
  { name: 'MP4, video and AAC', args: `${picture} -c:a aac -ar 44100`, suffix: 'mp4', video: true },
  { name: 'QuickTime, PCM', args: '-c:a pcm_s16le', suffix: 'mov' },
  { name: 'Matroska, AAC', args: '-c:a aac -ar 44100', suffix: 'mkv' },
  { name: 'Matroska, MP3', args: '-c:a libmp3lame -ar 44100', suffix: 'mkv' },
  { name: 'Matroska, Vorbis', args: '-c:a libvorbis -ar 44100', suffix: 'mkv' },
  { name: 'Matroska, FLAC', args: '-c:a flac -ar 44100', suffix: 'mka' },
  { name: 'Matroska, PCM', args: '-c:a pcm_s16le -ar 44100', suffix: 'mka' },
  { name: 'Matroska, video and AAC', args: `${picture} -c:a aac -ar 44100`, suffix: 'mkv', video: true },
  {
    name: 'Matroska, video and AAC, no index',
    args: `${picture} -c:a aac -ar 44100`,
    write: '-live 1',
    suffix: 'mkv',
    video: true,
  },
  { name: 'WebM, Opus 64', args: '-c:a libopus -b:a 64k', suffix: 'webm' },
  { name: 'WebM, Opus 64, no index', args: '-c:a libopus -b:a 64k', write: '-live 1', suffix: 'webm' },
  {
    name: 'WebM, Opus 24, mono, 60 ms, no index',
    args: '-c:a libopus -b:a 24k -ac 1 -frame_duration 60',
    write: '-live 1',
    suffix: 'webm',
  },
  { name: 'Ogg, Opus 64', args: '-c:a libopus -b:a 64k', suffix: 'opus' },
  {
    name: 'Ogg, Opus 16 for speech, mono',
    args: '-c:a libopus -application voip -b:a 16k -ac 1',
    suffix: 'opus',
  },
  { name: 'Ogg, Vorbis', args: '-c:a libvorbis', suffix: 'ogg' },
  { name: 'Ogg, Vorbis, 16 kHz, mono', args: '-c:a libvorbis -ar 16000 -ac 1', suffix: 'ogg' },
  {
    name: 'FLAC, 16 bits, 44.1 kHz',
    args: '-ar 44100 -sample_fmt s16',
    suffix: 'flac',
    isEncodedWhole: true,
  },
  {
    name: 'FLAC, 24 bits, 16 kHz, mono',
    args: '-ar 16000 -ac 1 -sample_fmt s32',
    suffix: 'flac',
    isEncodedWhole: true,
  },
  { name: 'MPEG-TS, AAC', args: '-c:a aac -ar 44100', suffix: 'ts' },
  { name: 'MPEG-TS, MP3', args: '-c:a libmp3lame -ar 44100', suffix: 'ts' },
  { name: 'MPEG-TS, video and AAC', args: `${picture} -c:a aac -ar 44100`, suffix: 'ts', video: true },
];
