/** A way to write a recording. */
export interface Format {
  readonly family: string;
  readonly suffix: string;
  /** For a shell; reads `$IN`, which is a WAV file, and writes `$OUT`. */
  readonly command: string;
}

/** A picture that ends before the sound. */
const picture = '-f lavfi -t 10 -i testsrc2=s=64x64:r=10';
/** A picture that goes on without sound. */
const longPicture = '-f lavfi -t 14 -i testsrc2=s=64x64:r=10';
const ffmpeg = 'ffmpeg -v error -y';

/** What ffmpeg makes: the suffix of the file, and what ffmpeg is told. */
const byFfmpeg = (family: string, ...formats: readonly (readonly [string, string])[]): Format[] =>
  formats.map(([suffix, args]) => ({
    family,
    suffix,
    command: `${ffmpeg} -i $IN ${args} $OUT`,
  }));

const byShell = (family: string, ...formats: readonly (readonly [string, string])[]): Format[] =>
  formats.map(([suffix, command]) => ({ family, suffix, command }));

/** The sound with a picture in front of it. */
const video = (family: string, ...formats: readonly (readonly [string, string, string?])[]): Format[] =>
  formats.map(([suffix, args, before = picture]) => ({
    family,
    suffix,
    command: `${ffmpeg} ${before} -i $IN -map 0:v -map 1:a ${args} $OUT`,
  }));

const mp3: readonly Format[] = [
  ...byFfmpeg(
    'mp3',
    ['mp3', '-b:a 64k'],
    ['mp3', '-b:a 192k -ac 1'],
    ['mp3', '-q:a 5'],
    ['mp3', '-q:a 0'],
    ['mp3', '-abr 1 -b:a 96k'],
    ['mp3', '-write_xing 0 -b:a 128k'],
    ['mp3', '-write_xing 0 -q:a 5'],
    ['mp3', '-write_xing 0 -abr 1 -b:a 96k'],
    ['mp3', '-id3v2_version 0 -b:a 64k'],
    ['mp3', '-id3v2_version 3 -write_id3v1 1 -metadata title=Title -b:a 64k'],
    ['mp3', '-id3v2_version 4 -write_id3v1 1 -metadata title=Title -write_xing 0 -q:a 5'],
    ...[8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 48_000].map(
      (rate) => ['mp3', `-ar ${rate} -q:a 4`] as const,
    ),
    ['mp3', '-c:a libshine'],
  ),
  ...byShell(
    'mp3',
    ['mp3', 'lame --quiet -V 4 $IN $OUT'],
    ['mp3', 'lame --quiet -V 4 -t $IN $OUT'],
    ['mp3', 'lame --quiet -b 128 --cbr $IN $OUT'],
    ['mp3', 'lame --quiet -b 128 --cbr -t $IN $OUT'],
    ['mp3', 'lame --quiet --abr 100 $IN $OUT'],
    ['mp3', 'lame --quiet --abr 100 -t $IN $OUT'],
    ['mp3', 'lame --quiet -V 6 -p --resample 16 $IN $OUT'],
    ['mp3', 'lame --quiet -V 4 --tt Title --add-id3v2 --pad-id3v2-size 200000 $IN $OUT'],
    ['mp3', 'sox $IN -C 64.5 $OUT'],
    ['mp3', 'sox $IN -C -4.5 $OUT'],
    ['mp3', 'lame --quiet -V 4 $IN $OUT.a && cat $OUT.a $OUT.a > $OUT'],
    ['mp3', 'lame --quiet -V 4 $IN $OUT.a && { head -c 100000 /dev/zero; cat $OUT.a; } > $OUT'],
    ['mp3', 'lame --quiet -V 4 $IN $OUT.a && tail -c +40000 $OUT.a > $OUT'],
    ['mp3', 'lame --quiet -V 4 $IN $OUT.a && head -c 50000 $OUT.a > $OUT'],
  ),
];

const others: readonly Format[] = [
  ...byFfmpeg(
    'mp2',
    ['mp2', '-c:a mp2 -b:a 192k'],
    ['mp2', '-c:a libtwolame -b:a 128k'],
    ['mp2', '-c:a mp2 -ar 24000 -b:a 64k'],
  ),
  ...byFfmpeg(
    'aac',
    ['aac', '-c:a aac -b:a 96k'],
    ['aac', '-c:a aac -q:a 1 -ac 1'],
    ...[8000, 16_000, 22_050, 32_000, 48_000, 96_000].map((rate) => ['aac', `-c:a aac -ar ${rate}`] as const),
    ['aac', '-c:a aac -write_id3v2 1 -metadata title=Title'],
    ['aac', '-c:a aac -write_apetag 1 -metadata title=Title'],
  ),
  ...byFfmpeg('ac3', ['ac3', '-c:a ac3'], ['ac3', '-c:a ac3 -ar 32000'], ['eac3', '-c:a eac3']),
  ...byFfmpeg('wma', ['wma', '-c:a wmav2'], ['wma', '-c:a wmav1'], ['asf', '-c:a libmp3lame']),
  ...byFfmpeg('flv', ['flv', '-c:a aac'], ['flv', '-c:a libmp3lame -ar 44100']),
  ...byFfmpeg(
    'not read',
    ['caf', '-c:a pcm_s16be'],
    ['w64', ''],
    ['avi', '-c:a libmp3lame'],
    ['wv', ''],
    ['tta', ''],
    ['mpg', '-f mpeg -c:a mp2'],
    ['rm', '-c:a real_144 -ar 8000 -ac 1'],
    ['voc', ''],
  ),
];

const mp4: readonly Format[] = [
  ...byFfmpeg(
    'mp4 sound',
    ['m4a', '-c:a aac'],
    ['m4a', '-c:a aac -ar 48000'],
    ['m4a', '-c:a aac -ar 16000 -ac 1'],
    ['m4a', '-c:a aac -movflags +faststart'],
    ['m4a', '-c:a aac -use_editlist 0'],
    ['m4a', '-ss 1.234 -c:a aac -avoid_negative_ts disabled'],
    ['m4a', '-c:a alac'],
    ['mp4', '-c:a libmp3lame'],
    ['mp4', '-c:a libopus'],
    ['mp4', '-c:a flac -strict -2'],
    ['mp4', '-c:a aac -movflags frag_keyframe+empty_moov'],
    ['mp4', '-c:a aac -movflags empty_moov -frag_duration 500000'],
    ['mp4', '-c:a aac -movflags empty_moov+default_base_moof -frag_duration 700000 -write_tmcd 0'],
    ['mp4', '-c:a aac -movflags frag_keyframe -frag_duration 500000'],
    ['mp4', '-c:a aac -movflags dash -frag_duration 500000'],
    ['mp4', '-c:a aac -movflags empty_moov+delay_moov -frag_duration 500000'],
    ['mp4', '-c:a libopus -movflags empty_moov -frag_duration 500000'],
    ['mp4', '-c:a ac3'],
    ['3gp', '-c:a aac'],
    ['3g2', '-c:a aac'],
    ['mov', '-c:a aac'],
    ['mov', '-c:a pcm_s16le'],
    ['mov', '-c:a pcm_s24be'],
    ['mov', '-c:a pcm_f32le'],
    ['mov', '-c:a pcm_mulaw -ar 8000'],
    ['mov', '-c:a pcm_alaw -ar 8000'],
    ['mov', '-c:a adpcm_ima_qt'],
    ['mov', '-c:a libmp3lame'],
    ['m4b', '-f ipod -c:a aac -metadata title=Title'],
  ),
  ...byShell('mp4 sound', [
    'm4a',
    `${ffmpeg} -i $IN -c:a aac $OUT.m4a && ${ffmpeg} -ss 2.345 -i $OUT.m4a -c copy $OUT`,
  ]),
];

const matroska: readonly Format[] = [
  ...byFfmpeg(
    'matroska sound',
    ['mka', '-c:a aac'],
    ['mka', '-c:a aac -ar 16000'],
    ['mka', '-c:a libvorbis'],
    ['mka', '-c:a libvorbis -ar 8000'],
    ['mka', '-c:a libopus'],
    ['mka', '-c:a flac'],
    ['mka', '-c:a flac -ar 16000'],
    ['mka', '-c:a libmp3lame'],
    ['mka', '-c:a libmp3lame -ar 16000'],
    ['mka', '-c:a pcm_s16le'],
    ['mka', '-c:a pcm_f32le -ar 8000'],
    ['mka', '-c:a ac3'],
    ['mka', '-c:a mp2'],
    ['mka', '-c:a alac'],
    ['webm', '-c:a libopus'],
    ['webm', '-c:a libopus -frame_duration 60'],
    ['webm', '-c:a libopus -live 1'],
    ['webm', '-c:a libvorbis'],
    ['webm', '-c:a libvorbis -live 1'],
    ['mka', '-c:a aac -live 1'],
    ['mka', '-c:a libmp3lame -live 1'],
    ['mka', '-c:a flac -live 1'],
    ['mka', '-c:a pcm_s16le -live 1'],
  ),
  ...byShell(
    'matroska sound',
    ['mka', `${ffmpeg} -i $IN -c:a aac $OUT.m4a && mkvmerge -q -o $OUT $OUT.m4a`],
    ['mka', `opusenc --quiet $IN $OUT.opus && mkvmerge -q -o $OUT $OUT.opus`],
    ['mka', `oggenc -Q -o $OUT.ogg $IN && mkvmerge -q -o $OUT $OUT.ogg`],
    ['mka', `lame --quiet $IN $OUT.mp3 && mkvmerge -q -o $OUT $OUT.mp3`],
    ['mka', `flac -s -o $OUT.flac $IN && mkvmerge -q -o $OUT $OUT.flac`],
    ['mka', `mkvmerge -q -o $OUT $IN`],
    ['webm', `${ffmpeg} -i $IN -c:a libopus -f webm -live 1 - > $OUT`],
    ['webm', `${ffmpeg} -i $IN -c:a libopus -f webm - | cat > $OUT`],
  ),
];

const ogg: readonly Format[] = [
  ...byFfmpeg(
    'ogg',
    ['ogg', '-c:a libvorbis'],
    ['ogg', '-c:a libvorbis -ar 16000 -ac 1'],
    ['ogg', '-c:a libopus'],
    ['opus', '-c:a libopus -b:a 24k'],
    ['opus', '-c:a libopus -frame_duration 60'],
    ['opus', '-c:a libopus -frame_duration 2.5'],
    ['opus', '-c:a libopus -application lowdelay -page_duration 2000000'],
    ['oga', '-c:a flac'],
    ['ogg', '-c:a libspeex -ar 16000 -ac 1'],
  ),
  ...byShell(
    'ogg',
    ['ogg', 'oggenc -Q -o $OUT $IN'],
    ['ogg', 'oggenc -Q -q 9 --resample 22050 -o $OUT $IN'],
    ['opus', 'opusenc --quiet $IN $OUT'],
    ['opus', 'opusenc --quiet --framesize 5 --max-delay 100 $IN $OUT'],
    ['opus', 'opusenc --quiet --framesize 60 $IN $OUT'],
    ['ogg', 'sox $IN $OUT'],
    ['opus', `opusenc --quiet $IN $OUT.a && ${ffmpeg} -ss 3 -i $OUT.a -c copy $OUT`],
  ),
];

const flac: readonly Format[] = [
  ...byFfmpeg('flac', ['flac', ''], ['flac', '-sample_fmt s32 -ar 96000'], ['flac', '-ar 8000 -ac 1']),
  ...byShell(
    'flac',
    ['flac', 'flac -s -8 -o $OUT $IN'],
    ['flac', 'flac -s -o $OUT --padding=300000 $IN'],
    ['flac', 'sox $IN $OUT'],
    ['flac', `${ffmpeg} -i $IN -f flac - | cat > $OUT`],
  ),
];

const raw: readonly Format[] = [
  ...byFfmpeg(
    'wav',
    ...['u8', 's16le', 's24le', 's32le', 'f32le', 'f64le', 'alaw', 'mulaw'].map(
      (coding) => ['wav', `-c:a pcm_${coding}`] as const,
    ),
    ...[8000, 11_025, 22_050, 48_000, 192_000].map((rate) => ['wav', `-ar ${rate}`] as const),
    ['wav', '-ac 6'],
    ['wav', '-rf64 always'],
    ['wav', '-rf64 always -c:a pcm_s24le'],
    ['wav', '-write_bext 1 -metadata title=Title'],
    ['wav', '-write_peak on'],
    ['wav', '-c:a adpcm_ima_wav'],
    ['wav', '-c:a adpcm_ms'],
    ['wav', '-c:a gsm_ms -ar 8000 -ac 1'],
    ['wav', '-c:a libmp3lame'],
    ['wav', '-c:a mp2'],
    ['wav', '-c:a ac3'],
    ['wav', '-c:a aac'],
    ['wav', '-c:a g726 -ar 8000 -ac 1'],
  ),
  ...byShell(
    'wav',
    ['wav', `${ffmpeg} -i $IN -f wav - | cat > $OUT`],
    ['wav', 'sox $IN -b 24 $OUT'],
    ['wav', 'sox $IN -e float -b 32 $OUT'],
    ['wav', 'sox $IN -t wav - | cat > $OUT'],
    ['wav', 'sox $IN -t wavpcm -b 24 $OUT'],
    ['wav', 'head -c 1000001 $IN > $OUT'],
  ),
  ...byFfmpeg(
    'aiff',
    ...['s8', 's16be', 's16le', 's24be', 's32be', 'f32be', 'f64be', 'alaw', 'mulaw'].map(
      (coding) => ['aiff', `-c:a pcm_${coding}`] as const,
    ),
    ['aiff', '-ar 22254'],
    ['aiff', '-write_id3v2 1 -metadata title=Title'],
    ['aiff', '-c:a adpcm_ima_qt'],
  ),
  ...byShell(
    'aiff',
    ['aiff', 'sox $IN $OUT'],
    ['aifc', 'sox $IN $OUT'],
    ['aiff', 'sox $IN -t aiff - | cat > $OUT'],
  ),
  ...byFfmpeg(
    'au',
    ...['s8', 's16be', 's24be', 's32be', 'f32be', 'f64be', 'alaw', 'mulaw'].map(
      (coding) => ['au', `-c:a pcm_${coding}`] as const,
    ),
  ),
  ...byShell('au', ['au', 'sox $IN $OUT'], ['au', `${ffmpeg} -i $IN -f au - | cat > $OUT`]),
];

const late = `${picture} -itsoffset 1.5`;
const streams: readonly Format[] = [
  ...byFfmpeg(
    'ts',
    ['ts', '-c:a aac'],
    ['ts', '-c:a libmp3lame'],
    ['ts', '-c:a libmp3lame -ar 16000'],
    ['ts', '-c:a mp2'],
    ['ts', '-c:a ac3'],
    ['ts', '-c:a aac -ar 16000 -ac 1'],
    ['ts', '-c:a aac -output_ts_offset 5000'],
    ['m2ts', '-c:a aac -f mpegts -mpegts_m2ts_mode 1'],
  ),
  ...video(
    'video',
    ['mp4', '-c:a aac'],
    ['mp4', '-c:a aac', longPicture],
    ['mp4', '-c:a aac', late],
    ['mp4', '-c:a aac -shortest'],
    ['mp4', '-c:a libmp3lame'],
    ['mp4', '-c:a aac -movflags frag_keyframe+empty_moov'],
    ['mp4', '-c:a aac -movflags frag_keyframe+empty_moov', late],
    ['mp4', '-c:a aac -c:v mpeg4 -bf 2 -movflags frag_keyframe+empty_moov', longPicture],
    ['mov', '-c:a pcm_s16le'],
    ['mov', '-c:a aac', longPicture],
    ['mov', '-c:a aac', late],
    ['3gp', '-c:a aac -c:v h263 -s 176x144'],
    ['mkv', '-c:a aac'],
    ['mkv', '-c:a aac', longPicture],
    ['mkv', '-c:a aac', late],
    ['mkv', '-c:a libmp3lame'],
    ['mkv', '-c:a libopus', longPicture],
    ['mkv', '-c:a libopus -live 1', longPicture],
    ['mkv', '-c:a flac'],
    ['mkv', '-c:a pcm_s16le'],
    ['webm', '-c:v libvpx -c:a libopus'],
    ['webm', '-c:v libvpx -c:a libvorbis', longPicture],
    ['webm', '-c:v libvpx -c:a libopus -live 1'],
    ['webm', '-c:v libvpx -c:a libopus -live 1', longPicture],
    ['ts', '-c:v mpeg2video -c:a aac'],
    ['ts', '-c:v mpeg2video -c:a aac', longPicture],
    ['ts', '-c:v mpeg2video -c:a aac', late],
    ['flv', '-c:v flv -c:a aac'],
    ['avi', '-c:v mpeg4 -c:a libmp3lame'],
    ['wmv', '-c:v wmv2 -c:a wmav2'],
    ['mpg', '-f mpeg -c:v mpeg2video -c:a mp2'],
  ),
  ...byShell(
    'video',
    [
      'mp4',
      `${ffmpeg} ${longPicture} -i $IN -c:a aac $OUT.mp4 && ${ffmpeg} -ss 3.3 -i $OUT.mp4 -c copy $OUT`,
    ],
    ['mkv', `${ffmpeg} ${longPicture} -i $IN -c:a aac $OUT.mp4 && mkvmerge -q -o $OUT $OUT.mp4`],
    [
      'mkv',
      `${ffmpeg} ${longPicture} -i $IN -c:a aac $OUT.mp4 && ${ffmpeg} -ss 3.3 -i $OUT.mp4 -c copy $OUT`,
    ],
  ),
];

export const formats: readonly Format[] = [
  ...mp3,
  ...others,
  ...mp4,
  ...matroska,
  ...ogg,
  ...flac,
  ...raw,
  ...streams,
];
