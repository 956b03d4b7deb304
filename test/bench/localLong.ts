import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { requestFor } from '../../src/core/request/request';
import type { TranscriptBody } from '../../src/core/transcript/model';
import { parseTranscript } from '../../src/core/transcript/parseTranscript';
import { readWorkDone } from '../../src/core/transcript/workDone';
import { sampleRate } from '../../src/audio/sound/sound';
import { decodedSamples } from '../support/decodedSamples';
import { silentLog } from '../support/fakeJobs';
import { compareWords, readReference } from '../support/reference';
import { main } from '../support/vscode/program';
import { sampleRecording, temporaryFolder } from '../support/vscode/workspace';
import { startSpeechServerProcess, type SpeechServerProcess } from '../support/speechServerProcess';
import { formatElapsed } from '../../src/core/text';
import { wavHeader } from '../support/wavHeader';
import { benchClient } from './support/benchClient';
import { median } from './support/statistics';

const defaultHours = 10;
const signal = new AbortController().signal;

/**
 * Transcribes hours of audio, made by repeating the sample recording. Measures how long that takes, whether the memory
 * stays constant, and whether the words of the last round have the right times.
 */
main(async () => {
  const hours = Number(process.argv[2] ?? defaultHours);
  const samples = (await decodedSamples(sampleRecording)).map((sample) => Math.round(32_767 * sample));
  const rounds = Math.ceil((hours * 3600 * sampleRate) / samples.length);
  const wav = join(await temporaryFolder('long'), 'long.wav');
  await writeLoop(wav, Int16Array.from(samples), rounds);
  const server = await startSpeechServerProcess();
  try {
    const beganMs = performance.now();
    const body = await transcribe(server, wav);
    const seconds = (performance.now() - beganMs) / 1000;
    const { durationSeconds } = parseTranscript(body);
    console.log(
      `${formatElapsed(1000 * (durationSeconds ?? 0))} of audio in ${formatElapsed(1000 * seconds)},`,
    );
    console.log(
      `with ${server.cpuSeconds().toFixed(0)} s of CPU and at most ${server.peakMegabytes().toFixed(0)} MB.`,
    );
    await reportLastRound(body, (rounds - 1) * (samples.length / sampleRate));
    return body.status === 'completed' ? 0 : 1;
  } finally {
    await server.stop();
  }
});

/** Writes a WAV file that repeats the samples. */
async function writeLoop(wav: string, samples: Int16Array, rounds: number): Promise<void> {
  const bytes = Buffer.from(samples.buffer);
  const file = await open(wav, 'w');
  await file.write(wavHeader(bytes.length * rounds));
  for (let round = 0; round < rounds; round++) {
    await file.write(bytes);
  }
  await file.close();
}

/** Uploads the file as the extension does, and prints the memory of the server after each tenth of the work. */
async function transcribe(server: SpeechServerProcess, wav: string): Promise<TranscriptBody> {
  const { client } = benchClient(server.url, server.key, silentLog);
  const { size, mtimeMs } = await stat(wav);
  const upload = await client.upload(
    { path: wav, name: 'long.wav', sizeBytes: size, modifiedMs: mtimeMs },
    { signal },
  );
  const { id } = await client.submit(requestFor(upload.url), signal);
  let tenths = 0;
  for (;;) {
    const body = await client.get(id, signal);
    if (body.status === 'completed' || body.status === 'error') {
      return body;
    }
    const done = readWorkDone(body);
    if (done !== null && 10 * done.fraction >= tenths) {
      const remaining = done.remainingMs === null ? '' : `, ${formatElapsed(done.remainingMs)} left`;
      console.log(
        `${(100 * done.fraction).toFixed(0)} % done${remaining}: ${server.megabytes().toFixed(0)} MB`,
      );
      tenths = Math.floor(10 * done.fraction) + 1;
    }
    await delay(1000);
  }
}

async function reportLastRound(body: TranscriptBody, startSeconds: number): Promise<void> {
  const { words, error } = parseTranscript(body);
  if (error !== null) {
    console.log(`It failed: ${error}`);
    return;
  }
  const speakers = new Set(words.map(({ speaker }) => speaker)).size;
  const last = words
    .filter(({ startMs }) => startMs >= 1000 * startSeconds)
    .map((word) => ({
      text: word.text,
      speaker: word.speaker ?? '',
      startMs: word.startMs - 1000 * startSeconds,
      endMs: word.endMs - 1000 * startSeconds,
    }));
  const { wordErrorRate, speakerAccuracy, startErrorsMs } = compareWords(
    await readReference(sampleRecording),
    last,
  );
  console.log(
    `Speakers: ${speakers}. The last round: word error rate ${(100 * wordErrorRate).toFixed(1)} %,`,
  );
  console.log(`${(100 * speakerAccuracy).toFixed(1)} % of the words with the right speaker,`);
  console.log(`median error of word starts ${median(startErrorsMs).toFixed(0)} ms.`);
}
