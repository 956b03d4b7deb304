/** The loudness the recogniser hears best; at a thirtieth of it every seventh word of a speech was wrong that was right before. */
const wantedRms = 0.1;
const highestPeak = 0.98;
/** What is still quieter than this makes up for is noise. */
const highestGain = 60;

/** The chunk at the level the recogniser hears best; silence between its parts does not count. */
export function atUsualLevel(samples: Float32Array): Float32Array {
  let energy = 0;
  let sounding = 0;
  let peak = 0;
  for (const sample of samples) {
    if (sample !== 0) {
      energy += sample * sample;
      sounding++;
      peak = Math.max(peak, Math.abs(sample));
    }
  }
  if (sounding === 0) {
    return samples;
  }
  const gain = Math.min(wantedRms / Math.sqrt(energy / sounding), highestPeak / peak, highestGain);
  return samples.map((sample) => sample * gain);
}
