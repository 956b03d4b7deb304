import { cleanText } from '../transcript/cleanText';
import type { Transcript } from '../transcript/model';
import { labelsOf, turnsOf, type Turn } from '../transcript/turns';
import { renderFrontMatter } from './frontMatter';
import { escapeHeading, escapeText } from './markdownText';
import { linkDestination } from './linkDestination';
import { isName, speakerName } from './speakerName';
import { timeLink } from './timeLink';

/** What a note needs besides the transcript. */
export interface NoteOptions {
  /** Heading of the note; the recording's name without extension. */
  readonly title: string;
  /** The way from the note to the recording as `linkFromNote` gives it. */
  readonly recording: string;
  /** A Date or what its constructor understands. */
  readonly createdAt: Date | string;
  /** Names by label, for speakers who have been named. */
  readonly speakerNames?: ReadonlyMap<string, string>;
}

const nothingSaid = '*No speech was found in this recording.*';

/**
 * The transcript as a Markdown note: front matter, title, a heading per turn, a paragraph per thought with a link
 * to its time. Whatever was said or is called shows as it is, and nothing of it acts as Markdown or HTML.
 *
 * @throws RangeError when `createdAt` is not a date
 */
export function renderNote(transcript: Transcript, options: NoteOptions): string {
  const names = namesByLabel(transcript, options.speakerNames);
  const destination = linkDestination(options.recording);
  const turns = turnsOf(transcript);
  const blocks = [
    `# ${escapeHeading(cleanText(options.title) || 'Recording')}`,
    ...(turns.length === 0 ? [nothingSaid] : turns.flatMap((turn) => renderTurn(turn, names, destination))),
  ];
  const frontMatter = renderFrontMatter({
    recording: options.recording,
    transcript: transcript.id,
    language: transcript.language,
    durationSeconds: transcript.durationSeconds,
    speakers: worthNoting(names),
    model: transcript.model,
    created: new Date(options.createdAt),
    warnings: transcript.warnings,
  });
  return `${frontMatter}\n${blocks.join('\n\n')}\n`;
}

function renderTurn(turn: Turn, names: ReadonlyMap<string, string>, destination: string): string[] {
  const paragraphs = turn.paragraphs.map(
    ({ startMs, text }) => `${timeLink(destination, startMs)} ${escapeText(text)}`,
  );
  return turn.speaker === null
    ? paragraphs
    : [renderSpeaker(names.get(turn.speaker) ?? turn.speaker), ...paragraphs];
}

/** The heading of a turn, without line break. */
function renderSpeaker(name: string): string {
  return `## ${escapeHeading(name)}`;
}

function namesByLabel(
  transcript: Transcript,
  given: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  return new Map(
    labelsOf(transcript).map((label) => [label, cleanText(given.get(label) ?? '') || speakerName(label)]),
  );
}

/** Of a single speaker, who has no heading, only a real name tells the reader something. */
function worthNoting(names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const someoneIsNamed = [...names].some(([label, name]) => isName(label) || name !== speakerName(label));
  return names.size > 1 || someoneIsNamed ? names : new Map();
}
