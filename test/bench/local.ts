import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Transcript } from 'assemblyai';
import { fixturePath } from '../support/fixtures';
import { compareWords, readReference } from '../support/reference';
import { main } from '../support/vscode/program';
import {
  recognise,
  startSpeechServerProcess,
  wordsOf,
  type SpeechServerProcess,
} from '../support/speechServerProcess';
import { quantile } from './support/statistics';

/** The figures of one recording. */
interface Row {
  readonly recording: string;
  readonly seconds: number;
  readonly wer: string;
  readonly attribution: string;
  readonly speakers: string;
  readonly 'word start, median/90 %': string;
  readonly 'times real time': string;
  readonly 'cpu s per s': string;
}

/**
 * Measures accuracy and speed of the speech server on recordings whose words are known: the recordings in the arguments,
 * each with its `.json` file beside it, or those of the fixtures.
 */
main(async () => {
  const recordings = process.argv.slice(2);
  const beganMs = performance.now();
  const server = await startSpeechServerProcess();
  try {
    const listeningMs = performance.now() - beganMs;
    const first = await transcribe(server, fixturePath('recordings', 'clip.wav'));
    const firstMs = performance.now() - beganMs;
    const rows: Row[] = [];
    for (const recording of recordings.length > 0 ? recordings : fixtures()) {
      rows.push(await measure(server, recording));
    }
    console.table(rows);
    console.log(`From start to listening: ${inSeconds(listeningMs)}`);
    console.log(
      `From start to the end of a first recording of ${first.audio_duration ?? NaN} s: ${inSeconds(firstMs)}`,
    );
    console.log(`Peak memory of the server: ${server.peakMegabytes().toFixed(0)} MB`);
    return 0;
  } finally {
    await server.stop();
  }
});

function fixtures(): string[] {
  const voices = fixturePath('voices');
  const more = existsSync(voices) ? readdirSync(voices).filter((file) => file.endsWith('.mp3')) : [];
  return [fixturePath('dialogue', 'dialogue.mp3'), ...more.sort().map((file) => join(voices, file))];
}

async function measure(server: SpeechServerProcess, recording: string): Promise<Row> {
  const reference = await readReference(recording);
  const [beganMs, beganCpu] = [performance.now(), server.cpuSeconds()];
  const transcript = await transcribe(server, recording);
  const seconds = (performance.now() - beganMs) / 1000;
  const cpu = server.cpuSeconds() - beganCpu;
  const { wordErrorRate, speakerAccuracy, speakersFound, startErrorsMs } = compareWords(
    reference,
    wordsOf(transcript),
  );
  const audioSeconds = transcript.audio_duration ?? NaN;
  const startError = (share: number): string => quantile(startErrorsMs, share).toFixed(0);
  return {
    recording: basename(recording),
    seconds: audioSeconds,
    wer: percent(wordErrorRate),
    attribution: percent(speakerAccuracy),
    speakers: `${speakersFound} of ${new Set(reference.map(({ speaker }) => speaker)).size}`,
    'word start, median/90 %': `${startError(0.5)}/${startError(0.9)} ms`,
    'times real time': (audioSeconds / seconds).toFixed(1),
    'cpu s per s': (cpu / audioSeconds).toFixed(3),
  };
}

async function transcribe(server: SpeechServerProcess, recording: string): Promise<Transcript> {
  const transcript = await recognise(server, recording);
  if (transcript.status !== 'completed') {
    throw new Error(`${recording}: ${transcript.error ?? transcript.status}`);
  }
  return transcript;
}

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
