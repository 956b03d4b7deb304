// Makes the dialogues in test/fixtures/voices and the references for them: npm run compile && node scripts/make-voices.mjs
// Needs flite, for the voices, and ffmpeg. The texts were written for this purpose.
import { Buffer } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wavHeader } from '../out/test/support/wavHeader.js';

const sampleRate = 16_000;
const folder = fileURLToPath(new URL('../test/fixtures/voices/', import.meta.url));
/** Silence before each turn, in seconds. The list repeats. */
const pauses = [0.5, 0.35, 0.6, 0.4, 0.7, 0.3];

const wide = ['-ar', '16000', '-b:a', '32k'];
const telephone = [
  '-af',
  'highpass=f=300,highpass=f=300,lowpass=f=3400,lowpass=f=3400',
  '-ar',
  '8000',
  '-b:a',
  '24k',
];

/** The dialogues by name: the encoding, and for each turn the voice and the text. */
const dialogues = {
  'one-voice': [
    wide,
    [
      [
        'rms',
        'This is a short report from the garden. The spring was cold and wet, so we planted the beans two weeks late.',
      ],
      [
        'rms',
        'In May the sun came back. The tomatoes grew fast, and the first salad was ready at the end of the month.',
      ],
      [
        'rms',
        'We lost some plants to the snails. A small fence of copper helped, and the birds did the rest of the work.',
      ],
      [
        'rms',
        'Next year I want to build a pond near the old wall. It needs only a few hours of work and some stones.',
      ],
      [
        'rms',
        'If you would like to help, please write your name on the list by the door. Thank you for listening.',
      ],
    ],
  ],
  'two-voices': [
    wide,
    [
      ['slt', 'Welcome to the library. How can I help you today?'],
      ['awb', 'Hello. I am looking for a book about old bridges.'],
      ['slt', 'We have three of them on the second floor. Do you need one with pictures?'],
      ['awb', 'Yes, please. My daughter wants to draw them for school.'],
      ['slt', 'Then take the large green one. It shows how they were built, step by step.'],
      ['awb', 'That sounds good. How long may I keep it?'],
      ['slt', 'Four weeks. You can ask for more time on our page.'],
      ['awb', 'Great. And where do I find the maps of the river?'],
      ['slt', 'In the reading room, behind the last shelf. I will show you the way.'],
      ['awb', 'Thank you very much. You have been a great help.'],
    ],
  ],
  'three-voices': [
    wide,
    [
      ['kal16', 'Let us begin. The first point is the trip to the lake.'],
      ['slt', 'I have found a house with room for ten people. It is cheap, but it has no kitchen.'],
      ['awb', 'Then we could cook outside. I will bring my big pot and some wood.'],
      ['kal16', 'Fine. Who can drive? We need at least three cars.'],
      ['slt', 'I can take four people. My brother will come with his van.'],
      ['awb', 'My car is being repaired, but it should be ready on Thursday.'],
      ['kal16', 'Good. The second point is money. Everyone pays forty pounds before Monday.'],
      ['slt', 'Does that include the boat?'],
      ['kal16', 'No. The boat costs extra, and we will decide about it there.'],
      ['awb', 'I would love to go out on the water early in the morning.'],
      ['slt', 'So would I. Please count me in.'],
    ],
  ],
  'four-voices': [
    wide,
    [
      ['rms', 'Good evening, and welcome to our round table. Tonight we talk about the new market hall.'],
      ['slt', 'I like the plan. It gives the farmers a dry place in winter.'],
      ['awb', 'I am not so sure. Who is going to pay for the roof?'],
      ['kal16', 'The town pays one half. The other half comes from the shops.'],
      ['slt', 'That is fair. More people will come to the center and spend money there.'],
      ['rms', 'What about the traffic? The street is narrow.'],
      ['kal16', 'We want to close it on Saturday, from eight until two.'],
      ['awb', 'Then the buses have to go around. My customers will not be happy about that.'],
      ['rms', 'Could they stop at the church instead? It is only a short walk.'],
      ['awb', 'That might work, if the path is lit at night.'],
      ['kal16', 'It will be. New lamps have been ordered.'],
      ['slt', 'Then I think we should give it a try.'],
    ],
  ],
  'telephone-two-voices': [
    telephone,
    [
      ['rms', 'Good afternoon, this is the repair shop. What can I do for you?'],
      ['awb', 'Hello. My washing machine makes a loud noise, and the water stays inside.'],
      ['rms', 'I see. How old is the machine?'],
      ['awb', 'About six years. I bought it when we moved to this house.'],
      ['rms', 'Then it is most likely the pump. Have you looked at the filter?'],
      ['awb', 'Yes. I found a coin and a button, but the noise is still there.'],
      ['rms', 'We can send somebody on Wednesday between nine and eleven.'],
      ['awb', 'Could he come a little later? I have to bring my son to the doctor.'],
      ['rms', 'No problem. I will write down half past one. May I have your address?'],
      ['awb', 'It is number twelve, Mill Lane. The bell is next to the green gate.'],
    ],
  ],
};

const work = mkdtempSync(join(tmpdir(), 'voices-'));
for (const [name, [encoding, turns]] of Object.entries(dialogues)) {
  const { samples, reference } = dialogue(turns);
  const wav = join(work, `${name}.wav`);
  writeFileSync(wav, Buffer.concat([wavHeader(samples.length), samples]));
  run('ffmpeg', ['-v', 'error', '-y', '-i', wav, '-ac', '1', ...encoding, join(folder, `${name}.mp3`)]);
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(reference, undefined, 1)}\n`);
  console.log(`${name}: ${reference.duration} s`);
}
rmSync(work, { recursive: true });

/** The samples of all turns, one after another, and the reference with the times of the words. */
function dialogue(turns) {
  const pieces = [];
  const utterances = [];
  let at = 0;
  turns.forEach(([speaker, text], i) => {
    const pause = Math.round(pauses[i % pauses.length] * sampleRate);
    const turn = speak(speaker, text);
    at += pause;
    const start = at / sampleRate;
    const words = turn.words.map((word) => ({
      text: word.text,
      start: rounded(start + word.start),
      end: rounded(start + word.end),
    }));
    pieces.push(Buffer.alloc(pause * 2), turn.samples);
    at += turn.samples.length / 2;
    utterances.push({ speaker, start: words[0].start, end: words.at(-1).end, text, words });
  });
  return {
    samples: Buffer.concat(pieces),
    reference: { sampleRate, duration: rounded(at / sampleRate), utterances },
  };
}

/** The samples of one turn, without the silence around it, and its words. Times in seconds from its start. */
function speak(voice, text) {
  const wav = join(work, 'turn.wav');
  const segments = run('flite', ['-voice', voice, '-psdur', '-t', text, '-o', wav]).trim().split(/\s+/);
  const sounds = segments.map((segment, i) => {
    const [sound, end] = segment.split(':');
    return { sound, start: Number(segments[i - 1]?.split(':')[1] ?? 0), end: Number(end) };
  });
  const spoken = sounds.filter(({ sound }) => sound !== 'pau');
  const { start } = spoken[0];
  const { end } = spoken.at(-1);
  // Files of flite have a header of 44 bytes.
  const samples = readFileSync(wav).subarray(44);
  const byte = (seconds) => Math.round(seconds * sampleRate) * 2;
  return { samples: samples.subarray(byte(start), byte(end)), words: wordsOf(voice, text, spoken, start) };
}

/** flite prints the times of sounds, not of words. A word has as many sounds as when it is spoken alone. */
function wordsOf(voice, text, spoken, origin) {
  const texts = text.toLowerCase().match(/[a-z']+/g);
  let next = 0;
  const words = texts.map((word) => {
    const count = run('flite', ['-voice', voice, '-ps', '-t', word, '-o', 'none']).match(
      /\b(?!pau\b)[a-z]+/g,
    ).length;
    const own = spoken.slice(next, (next += count));
    return { text: word, start: own[0].start - origin, end: own.at(-1).end - origin };
  });
  if (next !== spoken.length) throw new Error(`The sounds do not match the words in: ${text}`);
  return words;
}

function rounded(seconds) {
  return Math.round(seconds * 1000) / 1000;
}

function run(program, args) {
  return execFileSync(program, args, { encoding: 'utf8' });
}
