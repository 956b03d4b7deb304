import { languageName } from '../request/schema/languages';
import { cleanText } from '../text';
import type { Transcript } from '../transcript/model';
import { labelsOf, turnsOf, type Turn } from '../transcript/turns';
import { renderFrontMatter, type FrontMatter } from './frontMatter';
import { linkDestination, webLink } from '../markdown/linkDestination';
import { escapeHeading, escapeText } from '../markdown/markdownText';
import { withSections } from './sections/renderSections';
import type { SectionSource } from './sections/section';
import { sectionNames, type SectionName } from './sections/sectionNames';
import { renderWholeTranslation, translatedTranscript } from './sections/translation';
import { isNameLabel, defaultSpeakerName } from './speakerNames';
import { timeLink } from '../markdown/timeLink';

/** What a note needs besides the transcript. */
export interface NoteOptions {
  /** Heading of the note; the recording's name without extension. */
  readonly title: string;
  /**
   * The way from the note to the recording as `linkFromNote` gives it, or its address on the web. Null where nobody knows
   * of a recording: times then lead nowhere.
   */
  readonly recording: string | null;
  /** A Date or what its constructor understands. */
  readonly createdAt: Date | string;
  /** Names by label, for speakers who have been named. */
  readonly speakerNames?: ReadonlyMap<string, string>;
  /** Those that are wanted; all of them when absent. There are never any that have nothing to show. */
  readonly sections?: ReadonlySet<SectionName>;
  /** False where translations get notes of their own. */
  readonly hasTranslations?: boolean;
}

const nothingSaid = '*No speech was found in this recording.*';

/**
 * The transcript as a Markdown note: front matter, title, a heading per turn, a paragraph per thought with a link
 * to its time, and sections for whatever else came back. Whatever was said or is called shows as it is, and nothing of it
 * acts as Markdown or HTML.
 *
 * @throws RangeError when `createdAt` is not a date
 */
export function renderNote(transcript: Transcript, options: NoteOptions): string {
  const source = sourceOf(transcript, options);
  const wanted = new Set(options.sections ?? sectionNames);
  if (options.hasTranslations === false) {
    wanted.delete('translation');
  }
  const turns = turnsOf(transcript);
  const said = turns.length === 0 ? [nothingSaid] : turns.flatMap((turn) => renderTurn(turn, source));
  return join(frontMatterOf(transcript, options), options.title, withSections(said, wanted, source));
}

/** A translation as a note of its own. */
export interface TranslationNote {
  /** API code such as `de`. */
  readonly language: string;
  readonly text: string;
}

/**
 * Each translation as a note: with turns where the service translated utterance by utterance, else as text without
 * times. `sections` and `hasTranslations` mean nothing here.
 *
 * @throws RangeError when `createdAt` is not a date
 */
export function renderTranslationNotes(transcript: Transcript, options: NoteOptions): TranslationNote[] {
  return transcript.results.translations.map((translation) => {
    const { language, utterances } = translation;
    const translated = translatedTranscript(transcript, translation);
    const source = sourceOf(translated, options);
    const said =
      utterances.length === 0
        ? renderWholeTranslation(translation)
        : turnsOf(translated).flatMap((turn) => renderTurn(turn, source));
    const matter = {
      ...frontMatterOf(translated, options),
      translatedFrom: transcript.language,
      languages: [],
      // Neither holds for what was made of the text, and the other note has both.
      redaction: null,
      warnings: [],
    };
    return { language, text: join(matter, `${options.title} (${languageName(language)})`, said) };
  });
}

function join(matter: FrontMatter, title: string, blocks: readonly string[]): string {
  const heading = `# ${escapeHeading(cleanText(title) || 'Recording')}`;
  return `${renderFrontMatter(matter)}\n${[heading, ...blocks].join('\n\n')}\n`;
}

function frontMatterOf(transcript: Transcript, options: NoteOptions): FrontMatter {
  const { recording, createdAt, speakerNames } = options;
  const { languages, domain, redaction } = transcript.results;
  return {
    recording: recording === null ? null : (webLink(recording) ?? recording),
    transcript: transcript.id,
    language: transcript.language,
    translatedFrom: null,
    languages: languages.length > 1 ? languages : [],
    durationSeconds: transcript.durationSeconds,
    speakers: worthNoting(namesByLabel(transcript, speakerNames)),
    model: transcript.model,
    domain,
    redaction,
    created: new Date(createdAt),
    warnings: transcript.warnings,
  };
}

function sourceOf(transcript: Transcript, options: NoteOptions): SectionSource {
  const names = namesByLabel(transcript, options.speakerNames);
  const destination = options.recording === null ? '' : linkDestination(options.recording);
  return {
    transcript,
    timeLink: (ms) => timeLink(destination, ms),
    nameOf: (label) => names.get(label) ?? defaultSpeakerName(label),
  };
}

function renderTurn({ speaker, paragraphs }: Turn, source: SectionSource): string[] {
  const lines = paragraphs.map(({ startMs, text }) => `${source.timeLink(startMs)} ${escapeText(text)}`);
  return speaker === null ? lines : [`## ${escapeHeading(source.nameOf(speaker))}`, ...lines];
}

function namesByLabel(
  transcript: Transcript,
  given: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  return new Map(
    labelsOf(transcript).map((label) => [
      label,
      cleanText(given.get(label) ?? '') || defaultSpeakerName(label),
    ]),
  );
}

/** Of a single speaker, who has no heading, only a real name tells the reader something. */
function worthNoting(names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const someoneIsNamed = [...names].some(
    ([label, name]) => isNameLabel(label) || name !== defaultSpeakerName(label),
  );
  return names.size > 1 || someoneIsNamed ? names : new Map();
}
