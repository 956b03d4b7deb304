import { linkDestination, webLink } from '../markdown/linkDestination';
import { escapeHeading, escapeText } from '../markdown/markdownText';
import { timeLink } from '../markdown/timeLink';
import { languageName } from '../request/schema/languages';
import { cleanText } from '../text';
import type { Transcript } from '../transcript/model';
import { labelsOf, turnsOf, type Turn } from '../transcript/turns';
import { renderFrontMatter, type FrontMatter } from './frontMatter';
import { withSections } from './sections/renderSections';
import type { SectionSource } from './sections/section';
import { sectionNames, type SectionName } from './sections/sectionNames';
import { renderWholeTranslation, translatedTranscript } from './sections/translation';
import { defaultSpeakerName, isNameLabel } from './speakerNames';

/** What `renderNote` needs besides the transcript. */
export interface NoteOptions {
  /** Title of the note: the recording's name without extension. */
  readonly title: string;
  /**
   * Link to the recording as `linkFromNote` makes it, or its address on the web. Null where no recording is known; then
   * times link to nothing.
   */
  readonly recording: string | null;
  /** When the transcript was made: a Date or a string that its constructor understands. */
  readonly createdAt: Date | string;
  /** Names by label, for speakers who have names. */
  readonly speakerNames?: ReadonlyMap<string, string>;
  /** Sections to show, where they are not empty; all by default. */
  readonly sections?: ReadonlySet<SectionName>;
  /** False to leave translations out, since they get notes of their own. */
  readonly hasTranslations?: boolean;
}

const nothingSaid = '*No speech was found in this recording.*';

/**
 * Renders a transcript as a Markdown note: front matter, title, a heading for each turn, paragraphs that begin with a
 * link to their time, and sections for other results. Text of the transcript and names are escaped, so they show as
 * they are.
 *
 * @throws RangeError when `createdAt` is not a valid date
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

/** A translation that has its own note. */
export interface TranslationNote {
  /** API code such as `de`. */
  readonly language: string;
  /** The note. */
  readonly text: string;
}

/**
 * Renders each translation as a note: with turns where the service translated utterance by utterance, otherwise as text
 * without times. The options `sections` and `hasTranslations` have no effect.
 *
 * @throws RangeError when `createdAt` is not a valid date
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
      // These are about the original transcript, and its note has both.
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
    speakers: namesWorthNoting(namesByLabel(transcript, speakerNames)),
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

/** The names for the front matter. A single speaker has no heading, so a default name would tell nothing there. */
function namesWorthNoting(names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const hasName = [...names].some(
    ([label, name]) => isNameLabel(label) || name !== defaultSpeakerName(label),
  );
  return names.size > 1 || hasName ? names : new Map();
}
