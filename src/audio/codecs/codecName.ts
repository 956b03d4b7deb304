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
