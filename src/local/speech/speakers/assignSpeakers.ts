import type { SpeakerBounds, SpokenUtterance, SpokenWord } from '../heard/speech';
import { attribute } from './attribution';
import { Evidence } from './evidence';
import { eveningFactor } from './scatter';
import { utterancesOf } from './utterances';
import type { AttributedWord } from './utterances';
import { findVoices } from './voices';
import type { SpeakerWindows } from './voiceWindows';

/** Tells who said each word; speakers are numbered from 0 as they appear. */
export function assignSpeakers(
  windows: SpeakerWindows,
  words: readonly SpokenWord[],
  bounds: SpeakerBounds,
): { words: readonly AttributedWord[]; utterances: readonly SpokenUtterance[] } {
  const factor = eveningFactor(windows.long);
  const voices = findVoices(windows.long.scaled(factor), windows.projection.betweenSpeakers, bounds);
  const evidence = new Evidence(windows.short.scaled(factor), voices);
  const speakers = inOrderOfAppearance(attribute(words, evidence));
  const attributed = words.map((word, i) => ({ ...word, speaker: speakers[i] ?? 0 }));
  return { words: attributed, utterances: utterancesOf(attributed) };
}

function inOrderOfAppearance(voices: readonly number[]): readonly number[] {
  const order = [...new Set(voices)];
  return voices.map((voice) => order.indexOf(voice));
}
