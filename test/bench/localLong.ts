import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseBaseUrl } from '../../src/assemblyai/baseUrl';
import { AssemblyAiClient } from '../../src/assemblyai/client';
import { createDispatcher } from '../../src/assemblyai/dispatcher';
import { systemClock } from '../../src/node/systemClock';
import { requestFor } from '../../src/core/request/request';
import type { TranscriptBody } from '../../src/core/transcript/model';
import { parseTranscript } from '../../src/core/transcript/parseTranscript';
import { readWorkDone } from '../../src/core/transcript/workDone';
import { openSound } from '../../src/audio/openSound';
import { sampleRate } from '../../src/audio/sound/sound';
import { silentLog } from '../support/fakeJobs';
import { compareWords, readReference } from '../support/reference';
import { main } from '../support/vscode/program';
import { sampleRecording, temporaryFolder } from '../support/vscode/workspace';
import { startSpeechServerProcess, type SpeechServerProcess } from '../support/speechServerProcess';
import { formatElapsed } from '../../src/core/text';

const defaultHours = 10;
const signal = new AbortController().signal;

/**
 * Hours of audio, which are the sample recording over and over: how long they take, whether the memory stays flat, and
 * whether the words of the last round are where they have to be.
 */
main(async () => {
  const hours = Number(process.argv[2] ?? defaultHours);
  const samples = await samplesOf(sampleRecording);
  const rounds = Math.ceil((hours * 3600 * sampleRate) / samples.length);
  const wav = join(await temporaryFolder('long'), 'long.wav');
  await writeLoop(wav, samples, rounds);
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

async function samplesOf(recording: string): Promise<Int16Array> {
  const sound = await openSound(recording);
  const all: number[] = [];
  for await (const block of sound.samples('mix')) {
    block.forEach((sample) => all.push(Math.round(32_767 * sample)));
  }
  await sound.close();
  return Int16Array.from(all);
}

/** 16-bit mono PCM, with the header of a WAV file (RIFF, 1991). */
async function writeLoop(wav: string, samples: Int16Array, rounds: number): Promise<void> {
  const bytes = Buffer.from(samples.buffer);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + bytes.length * rounds, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(2 * sampleRate, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(bytes.length * rounds, 40);
  const file = await open(wav, 'w');
  await file.write(header);
  for (let round = 0; round < rounds; round++) {
    await file.write(bytes);
  }
  await file.close();
}

/** Sends the file as the extension does, and tells of the memory at each tenth of the way. */
async function transcribe(server: SpeechServerProcess, wav: string): Promise<TranscriptBody> {
  const baseUrl = parseBaseUrl(server.url);
  const network = { proxy: '', noProxy: [], proxyAuthorization: null, proxyStrictSSL: true };
  const dispatcher = createDispatcher(
    baseUrl,
    { ...network, proxySupport: 'off', systemCertificates: false },
    {},
  );
  const client = new AssemblyAiClient({
    baseUrl,
    apiKey: server.key,
    dispatcher,
    clock: systemClock,
    random: Math.random,
    log: silentLog,
    userAgent: 'bench',
  });
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
      const left = done.remainingMs === null ? '' : `, ${formatElapsed(done.remainingMs)} left`;
      console.log(`${(100 * done.fraction).toFixed(0)} % done${left}: ${server.megabytes().toFixed(0)} MB`);
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
  const errors = startErrorsMs.toSorted((one, other) => one - other);
  const median = errors[Math.floor(errors.length / 2)] ?? NaN;
  console.log(
    `Speakers: ${speakers}. The last round: word error rate ${(100 * wordErrorRate).toFixed(1)} %,`,
  );
  console.log(`${(100 * speakerAccuracy).toFixed(1)} % of the words with the right speaker,`);
  console.log(`beginnings of words off by ${median.toFixed(0)} ms in the median.`);
}
