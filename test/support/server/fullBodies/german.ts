import type { Talk } from './talk';

export const german: Talk = {
  language: 'de',
  names: { A: 'Frau Dr. Weiß', B: 'Jörg Müller' },
  sentences: [
    ['A', 'NEUTRAL', 'Grüß Gott, Herr Müller. Wie steht es um den Umbau der Bücherei?'],
    ['B', 'POSITIVE', 'Sehr gut, der Lesesaal ist fertig und wunderschön geworden.'],
    ['A', 'NEUTRAL', 'Dann eröffnen wir am dritten Oktober, wie besprochen.'],
    ['B', 'NEGATIVE', 'Leider ist die Heizung ausgefallen, und die Firma aus Graz meldet sich nicht.'],
    ['B', 'NEGATIVE', 'Zwei Arbeiter haben sich verletzt, das ist wirklich schlimm.'],
    ['A', 'NEUTRAL', 'Rufen Sie bitte unter [PHONE_NUMBER] an, der Lesesaal muss warm sein.'],
    ['B', 'NEUTRAL', 'Das mache ich gleich nach der Sitzung.'],
    ['A', 'POSITIVE', 'Ich danke Ihnen herzlich und schreibe die Einladungen.'],
  ],
  translations: {
    en: [
      'Good morning, Mr Müller. How is the rebuilding of the library going?',
      'Very well, the reading room is finished and has become beautiful.',
      'Then we open on the third of October, as agreed.',
      'Unfortunately the heating has failed, and the company from Graz does not answer.',
      'Two workers were injured, which is really bad.',
      'Please call [PHONE_NUMBER], the reading room has to be warm.',
      'I will do that right after the meeting.',
      'Thank you very much, I will write the invitations.',
    ],
  },
  formats: { 'dritten Oktober': '03.10.2026' },
  secrets: { '[PHONE_NUMBER]': '0316 5550134' },
  oldSummary: ['Der Lesesaal ist fertig.', 'Die Heizung ist ausgefallen; die Firma wird angerufen.'],
  wholeSummary:
    'Der Umbau der Bücherei ist bis auf die Heizung fertig. Eröffnet wird im Oktober; Herr Müller ruft die Firma an.',
  parts: [
    { headline: 'Der Lesesaal ist fertig', from: 0, to: 2, text: 'Die Eröffnung bleibt im Oktober.' },
    {
      headline: 'Die Heizung ist ausgefallen',
      from: 3,
      to: 7,
      bullets: ['Die Firma meldet sich nicht.', 'Zwei Arbeiter sind verletzt.'],
    },
  ],
  chapters: [
    {
      headline: 'Stand des Umbaus',
      gist: 'Umbau',
      summary: 'Der Lesesaal ist fertig, eröffnet wird im Oktober.',
      from: 0,
      to: 2,
    },
    {
      headline: 'Ärger mit der Heizung',
      gist: 'Heizung',
      summary: 'Die Heizung ist ausgefallen, zwei Arbeiter sind verletzt.',
      from: 3,
      to: 7,
    },
  ],
  actionItems: [
    { text: 'Herr Müller ruft nach der Sitzung die Firma an.', at: 6 },
    { text: 'Frau Dr. Weiß schreibt die Einladungen.', at: 7 },
  ],
  decisions: [{ text: 'Die Bücherei eröffnet im Oktober.', at: 2 }],
  highlights: [
    ['Heizung', 0.03, 3],
    ['Lesesaal', 0.09, 1, 5],
  ],
  entities: [
    ['person_name', 'Herr Müller', 0],
    ['date', 'dritten Oktober', 2],
    ['location_city', 'Graz', 3],
    ['injury', 'verletzt', 4],
  ],
  topics: [
    ['BooksAndLiterature', 0.88, 0],
    ['Home&Garden>HomeImprovement', 0.52, 3],
  ],
  warnings: [['disasters', 'low', 4]],
};
