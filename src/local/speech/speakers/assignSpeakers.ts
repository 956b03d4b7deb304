import type { RecognisedWord } from '../../recognition/recognisedSpeech';
import type { SpeakerCountRange } from '../../recognition/recogniser';
import { attributeWords } from './attribution';
import { scatterCorrection } from './scatter';
import { VoiceLikelihoods } from './voiceLikelihoods';
import { findVoices } from './voices';
import type { VoiceWindowCollector } from './voiceWindowCollector';

/** A word whose speaker is known. */
export type AttributedWord = RecognisedWord & { readonly speaker: number };

/**
 * Finds the voices of a recording and the speaker of each word. Speakers are numbered from 0, in order of appearance.
 *
 * @param windows collected from all speech of the recording
 * @param words all words of the recording, in order
 */
export function assignSpeakers(
  windows: VoiceWindowCollector,
  words: readonly RecognisedWord[],
  range: SpeakerCountRange,
): readonly AttributedWord[] {
  const factor = scatterCorrection(windows.long);
  const voices = findVoices(windows.long.scaled(factor), windows.projection.betweenSpeakers, range);
  const likelihoods = new VoiceLikelihoods(windows.short.scaled(factor), voices);
  const speakers = inOrderOfAppearance(attributeWords(words, likelihoods));
  return words.map((word, i) => ({ ...word, speaker: speakers[i] ?? 0 }));
}

function inOrderOfAppearance(voices: readonly number[]): readonly number[] {
  const order = [...new Set(voices)];
  return voices.map((voice) => order.indexOf(voice));
}
