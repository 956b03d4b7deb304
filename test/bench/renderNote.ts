import { parseNote } from '../../src/core/note/parseNote';
import { renderNote } from '../../src/core/note/renderNote';
import { parseTranscript, parseTranscriptBody } from '../../src/core/transcript/parseTranscript';
import { longTranscriptBody } from '../support/longTranscript';
import { median } from './support/statistics';

const runs = 15;

const json = JSON.stringify(
  longTranscriptBody({ hours: 10, words: 100_000, utterances: 9_000, speakers: 4 }),
);
const body = parseTranscriptBody(JSON.parse(json));
const transcript = parseTranscript(body);
const note = render();

function render(): string {
  return renderNote(transcript, { title: 'long', recording: 'long.mp3', createdAt: '2026-11-22T09:30:00Z' });
}

/** Runs some work repeatedly and prints how long it takes. */
function report(name: string, limitMs: number, work: () => unknown): void {
  const times = Array.from({ length: runs }, () => {
    const startMs = performance.now();
    work();
    return performance.now() - startMs;
  });
  const [firstMs = 0] = times;
  console.log(
    `${name}: median ${median(times).toFixed(1)} ms, first ${firstMs.toFixed(1)} ms (limit ${limitMs} ms)`,
  );
}

console.log(`10 h, 100,000 words, 9,000 utterances; the note has ${(note.length / 1e6).toFixed(2)} MB`);
report('turns and render', 100, render);
report('parse transcript', 300, () => parseTranscript(body));
report('parse note', 300, () => parseNote(note));
