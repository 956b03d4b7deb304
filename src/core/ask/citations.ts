import { linkDestination } from '../markdown/linkDestination';
import { timeLink } from '../markdown/timeLink';
import type { Turn } from '../transcript/turns';
import { formatTime } from '../text';

/** The link to a cited time; undefined where the transcript has no such time. */
export type CitationLinker = (time: string) => string | undefined;

/**
 * Links to the times that a model cites. Only times at which a paragraph begins are some: a model may make up others.
 *
 * @param recording the way to the recording as a note has it; null where there is none to link to
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
