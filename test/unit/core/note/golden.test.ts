import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { renderNote, renderTranslationNotes, type NoteOptions } from '../../../../src/core/note/renderNote';
import { sectionNames } from '../../../../src/core/note/sections/sectionNames';
import type { Transcript } from '../../../../src/core/transcript/model';
import { parseTranscript, parseTranscriptBody } from '../../../../src/core/transcript/parseTranscript';
import { fixturePath } from '../../../support/fixtures';
import { projectPath } from '../../../support/projectPath';
import { fullBody } from '../../../support/server/fullBody';
import { poisoned } from './poisoned';

type Said = readonly [speaker: string, startMs: number, text: string];

interface Dialogue {
  readonly duration: number;
  readonly utterances: readonly {
    readonly speaker: string;
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly words: readonly { readonly text: string; readonly start: number; readonly end: number }[];
  }[];
}

const cases: Readonly<Record<string, () => string>> = {
  'two-speakers': () =>
    note(
      'standup',
      'standup.mp3',
      dialogueOf(['A', 4200, 'Did the build pass on the release branch?'], ['B', 9135, 'Yes, twice.']),
    ),
  'named-speakers': () =>
    note(
      'standup',
      '../recordings/standup, Monday (2).mp3',
      dialogueOf(['A', 4200, 'Did it pass?'], ['B', 9100, 'Twice.'], ['Dr. Ø. Lund', 3_726_000, 'Good.']),
      {
        speakerNames: new Map([
          ['A', 'Maria'],
          ['B', 'Tom'],
        ]),
      },
    ),
  'one-speaker': () =>
    note(
      'memo',
      'memo.m4a',
      dialogueOf(['A', 0, 'Buy milk.'], ['A', 1500, 'And bread.'], ['A', 20_000, 'That is all.']),
    ),
  'no-speakers': () =>
    note('memo', 'memo.m4a', {
      text: 'Buy milk. And bread.',
      words: [word('Buy', 300), word('milk.', 700), word('And', 4000), word('bread.', 4500)],
    }),
  multichannel: () =>
    note('call', 'call.wav', {
      multichannel: true,
      audio_channels: 2,
      utterances: [
        { channel: '1', speaker: '1', start: 500, end: 900, text: 'Hello, this is support.', words: [] },
        { channel: '2', speaker: '2', start: 1000, end: 2000, text: 'Hi, my screen is black.', words: [] },
        { channel: '1', speaker: '1', start: 2100, end: 2500, text: 'Is it on?', words: [] },
      ],
    }),
  empty: () =>
    note('silence', 'silence.wav', {
      text: '',
      words: [],
      metadata: { warnings: [{ message: 'No spoken audio: language detection was skipped.' }] },
    }),
  chinese: () => note('会议', '会议 1.mp3', { language_code: 'zh', ...chinese() }),
  'right-to-left': () =>
    note('פגישה', 'פגישה.mp3', {
      language_code: 'he',
      ...dialogueOf(
        ['A', 1000, 'שלום, מה שלומך? (טוב)'],
        ['B', 3500, 'مرحبا، كل شيء بخير 100%؟'],
        ['A', 6000, 'ה-\u200fCPU חם \u202eהפוך\u202c.'],
      ),
    }),
  hostile: () =>
    note('a # b ##', 'a:b/100% (#1) [x] <y> "q" \\ 😀?.mp3', hostile(), {
      speakerNames: new Map([['B', '## x #']]),
    }),
  'long-turn': () =>
    note('lecture', 'lecture.mp3', dialogueOf(['A', 0, lecture()], ['B', 400_000, 'Thank you.'])),
  dialogue: () => note('dialogue', 'dialogue.mp3', dialogueFixture()),
  'all-english': () => note('release', 'release.mp3', fullBody('en')),
  'all-german': () => note('Bücherei', 'Bücherei.mp3', fullBody('de')),
  'all-arabic': () => note('المكتبة', 'المكتبة.mp3', fullBody('ar')),
  ...Object.fromEntries(
    sectionNames.map((name) => [
      `section-${name}`,
      () => note('release', 'release.mp3', fullBody('en'), { sections: new Set([name]) }),
    ]),
  ),
  'sections-of-one-speaker': () =>
    note('memo', 'memo.m4a', {
      ...dialogueOf(['A', 0, 'Buy milk.'], ['A', 20_000, 'And bread.']),
      summary: 'Milk and bread are to be bought.',
      summary_type: 'gist',
      translated_texts: { de: 'Milch kaufen. Und Brot.' },
    }),
  'all-hostile': () => note('release', 'release.mp3', poisoned(fullBody('en'))),
  'translation-note': () => translationNote('release', 'release.mp3', fullBody('en')),
  'left-out': () =>
    note('standup', 'standup.mp3', {
      ...dialogueOf(['A', 4200, 'Bestået?'], ['B', 9135, 'To gange.']),
      language_code: 'da',
      language_detection: true,
      speaker_labels: true,
      sentiment_analysis: true,
      auto_highlights: true,
      auto_highlights_result: { status: 'unavailable', results: null },
      speech_understanding: {
        request: { translation: { target_languages: ['en', 'da'] }, action_items: {} },
        response: { translation: { status: 'success' }, action_items: { status: 'failed' } },
      },
      metadata: { warnings: [{ message: 'sentiment_analysis is not available in Danish.' }] },
    }),
  'on-the-web': () =>
    note(
      'talk',
      'HTTPS://me:secret@media.example/a talk (1).mp3?k=1&amp;x=[y]#t=9',
      dialogueOf(['A', 4200, 'Did it pass?'], ['B', 9135, 'Yes.']),
    ),
  'without-recording': () => note('talk', null, dialogueOf(['A', 4200, 'Did it pass?'], ['B', 9135, 'Yes.'])),
};

function note(
  title: string,
  recording: string | null,
  body: object,
  options: Partial<NoteOptions> = {},
): string {
  return renderNote(transcriptOf(body), { title, recording, createdAt, ...options });
}

function translationNote(title: string, recording: string, body: object): string {
  const notes = renderTranslationNotes(transcriptOf(body), { title, recording, createdAt });
  return notes.find(({ language }) => language === 'de')!.text;
}

const createdAt = '2026-11-22T10:30:00.123+01:00';

function transcriptOf(body: object): Transcript {
  return parseTranscript(
    parseTranscriptBody({
      id: '3f0c2b9e-5a41-4d0b-9d5e-7c1a2e8f6b10',
      status: 'completed',
      language_code: 'en',
      audio_duration: 3730,
      speech_model_used: 'universal-3-5-pro',
      ...body,
    }),
  );
}

function word(text: string, start: number, duration = 300) {
  return { text, start, end: start + duration };
}

/** Utterances with words that are 400 ms apart. */
function dialogueOf(...said: readonly Said[]) {
  const utterances = said.map(([speaker, start, text]) => {
    const words = text.split(' ').map((each, i) => word(each, start + i * 400));
    return { speaker, start, end: words.at(-1)!.end, text, words };
  });
  return { utterances };
}

function chinese() {
  const sentence = '今天我们讨论新的项目计划，然后决定由谁来负责下一个版本的发布。';
  const spoken = Array.from(sentence.repeat(8), (text, i) => word(text, 1000 + i * 250, 250));
  const words = spoken.filter(({ text }) => !/[，。]/.test(text));
  return {
    utterances: [
      { speaker: 'A', start: 1000, end: spoken.at(-1)!.end, text: sentence.repeat(8), words },
      { speaker: 'B', start: 90_000, end: 92_000, text: '好的，没问题！', words: [] },
    ],
  };
}

function hostile() {
  return dialogueOf(
    ['A', 0, '# Not a heading'],
    ['B', 10_000, '- no list\n\n1. no list\r\n> no quote\n---\n==='],
    [
      '[a](command:x)',
      20_000,
      '[click](command:workbench.action.quit) ![](x.png) <img src=x onerror=alert(1)> <command:x>',
    ],
    [
      'Dr. Ø <b>*x*</b>',
      30_000,
      'It *is* **so**, 3 * 4 = 12, snake_case __init__ ~~gone~~ `code` C:\\dir\\ AT&T &amp; &#65; 3 < 4 <3 \u202egnp.exe\u202c',
    ],
    [
      'B',
      40_000,
      'See https://evil.example, www.evil.example or example.com, write to me@evil.example, at 5:30 it costs $5 to $6, $x$ or US$7.',
    ],
    ['no', 50_000, "[^1] [x]: y | a | b | it's 3 - 4, isn't it? \ud83d \u0000\u001b[31m"],
    ['null', 60_000, '[00:00:01](a.mp3#t=1) is no time'],
    ['__proto__', 70_000, '{{x}} ${y} :tada: <!-- --> </script>'],
  );
}

function lecture(): string {
  const sentence = (n: number) =>
    `This is sentence number ${n}, which has a comma in the middle, and it goes on for a while before it ends.`;
  const endless = Array.from({ length: 150 }, (_, i) => (i % 25 === 24 ? 'and,' : 'and')).join(' ');
  return `${Array.from({ length: 10 }, (_, i) => sentence(i + 1)).join(' ')} ${endless} over.`;
}

function dialogueFixture() {
  const { duration, utterances } = JSON.parse(
    readFileSync(fixturePath('dialogue', 'dialogue.json'), 'utf8'),
  ) as Dialogue;
  const voices = [...new Set(utterances.map(({ speaker }) => speaker))];
  const ms = (seconds: number) => Math.round(seconds * 1000);
  return {
    audio_duration: duration,
    utterances: utterances.map(({ speaker, start, end, text, words }) => ({
      speaker: String.fromCharCode(65 + voices.indexOf(speaker)),
      start: ms(start),
      end: ms(end),
      text,
      words: words.map((each) => ({ text: each.text, start: ms(each.start), end: ms(each.end) })),
    })),
  };
}

describe('golden notes', () => {
  for (const [name, render] of Object.entries(cases)) {
    it(name, () => {
      const path = projectPath('test/unit/core/note/golden', `${name}.md`);
      const rendered = render();
      if (process.env['UPDATE_GOLDEN'] === '1') {
        writeFileSync(path, rendered);
      }
      assert.ok(existsSync(path), `${path} is missing; UPDATE_GOLDEN=1 writes it`);
      assert.equal(rendered, readFileSync(path, 'utf8'));
    });
  }
});
