import { linkDestination } from '../markdown/linkDestination';
import { timeLink } from '../markdown/timeLink';
import { formatTime } from '../text';
import type { Turn } from '../transcript/turns';

/** Makes a Markdown link of a cited time such as `00:01:04`; undefined where no paragraph begins at that time. */
export type CitationLinker = (time: string) => string | undefined;

/**
 * Links the times that a language model cites. Only times at which a paragraph begins become links, since a model may
 * make up others.
 *
 * @param recording link to the recording as in the note's front matter; null for no links
 */
export function citationLinker(turns: readonly Turn[], recording: string | null): CitationLinker {
  const starts = new Map<string, number>();
  for (const { startMs } of turns.flatMap(({ paragraphs }) => paragraphs)) {
    const time = formatTime(startMs);
    starts.set(time, starts.get(time) ?? startMs);
  }
  return (cited) => {
    const [hours = 0, minutes = 0, seconds = 0] = cited.split(':').map(Number);
    const startMs = starts.get(formatTime(((hours * 60 + minutes) * 60 + seconds) * 1000));
    return recording === null || startMs === undefined
      ? undefined
      : timeLink(linkDestination(recording), startMs);
  };
}
