import { escapeOpening, escapeText, strong } from '../../markdown/markdownText';
import { languageName } from '../../request/schema/languages';
import type { Transcript } from '../../transcript/model';
import { paragraphsOf } from '../../transcript/paragraphs';
import type { Translation } from '../../transcript/results/results';
import { turnsOf, type Turn } from '../../transcript/turns';
import { sectionHeading, withTime, type RenderSection, type SectionSource } from './section';

/** A section for each translation. */
export const renderTranslations: RenderSection = (source) =>
  source.transcript.results.translations.flatMap((translation) => [
    sectionHeading(`Translation: ${languageName(translation.language)}`),
    ...(translation.utterances.length === 0
      ? renderWholeTranslation(translation)
      : turnsOf(translatedTranscript(source.transcript, translation)).flatMap((turn) =>
          renderTurn(turn, source),
        )),
  ]);

/** The paragraphs of a translation that came as one text, without times. */
export function renderWholeTranslation({ text }: Translation): string[] {
  return paragraphsOf([{ text, words: [], startMs: 0, endMs: 0 }]).map((paragraph) =>
    escapeOpening(paragraph.text),
  );
}

/** The transcript in the language of a translation. It has no words, since their times are not known. */
export function translatedTranscript(transcript: Transcript, translation: Translation): Transcript {
  const { language, text } = translation;
  const utterances = translation.utterances.map((utterance) => ({ ...utterance, words: [] }));
  return { ...transcript, language, text, words: [], utterances };
}

function renderTurn({ speaker, paragraphs }: Turn, source: SectionSource): string[] {
  return paragraphs.map(({ startMs, text }, index) => {
    const isAnother = startMs !== paragraphs[index - 1]?.startMs;
    const words =
      speaker === null || index > 0
        ? escapeOpening(text)
        : `${strong(source.nameOf(speaker))}: ${escapeText(text)}`;
    return withTime(words, isAnother ? startMs : null, source);
  });
}
