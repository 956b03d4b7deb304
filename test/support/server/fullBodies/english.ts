import type { Talk } from './talk';

export const english: Talk = {
  language: 'en_us',
  names: { A: 'Maria', B: 'Tom' },
  sentences: [
    ['A', 'NEUTRAL', 'Good morning, Tom. Did the build pass on the release branch?'],
    ['B', 'POSITIVE', 'Yes, twice, and I am really happy with the new pipeline.'],
    ['A', 'POSITIVE', 'Wonderful. Then the release branch goes out on June fifth.'],
    ['B', 'NEGATIVE', 'The installer still crashes in Oslo, though, and that is a damn shame.'],
    ['B', 'NEGATIVE', 'Half of the support team is ill with the flu, so nobody has looked at it.'],
    ['A', 'NEUTRAL', 'Please write to them today, the number is [PHONE_NUMBER].'],
    ['B', 'NEUTRAL', 'I will call the team in Oslo before noon.'],
    ['A', 'POSITIVE', 'Thank you, that helps a lot. I will write the release notes.'],
  ],
  translations: {
    de: [
      'Guten Morgen, Tom. Ist der Build auf dem Release-Branch durchgelaufen?',
      'Ja, zweimal, und ich bin mit der neuen Pipeline wirklich zufrieden.',
      'Wunderbar. Dann geht der Release-Branch am fünften Juni hinaus.',
      'Der Installer stürzt in Oslo allerdings immer noch ab, und das ist verdammt schade.',
      'Das halbe Support-Team liegt mit Grippe im Bett, also hat es sich niemand angesehen.',
      'Bitte schreib ihnen heute, die Nummer ist [PHONE_NUMBER].',
      'Ich rufe das Team in Oslo noch vor Mittag an.',
      'Danke, das hilft sehr. Ich schreibe die Release Notes.',
    ],
    ar: [
      'صباح الخير يا توم. هل نجح البناء على فرع الإصدار؟',
      'نعم، مرتين، وأنا سعيد حقًا بخط الإنتاج الجديد.',
      'رائع. إذن يصدر الفرع في الخامس من يونيو.',
      'لكن برنامج التثبيت ما زال يتعطل في أوسلو، وهذا مؤسف جدًا.',
      'نصف فريق الدعم مصاب بالإنفلونزا، لذلك لم ينظر أحد في الأمر.',
      'اكتب إليهم اليوم من فضلك، الرقم هو [PHONE_NUMBER].',
      'سأتصل بالفريق في أوسلو قبل الظهر.',
      'شكرًا، هذا يساعد كثيرًا. سأكتب ملاحظات الإصدار.',
    ],
  },
  formats: { 'June fifth': '06/05/2026' },
  secrets: { '[PHONE_NUMBER]': '555 0134' },
  oldSummary: [
    'The build passed twice and the release is set.',
    'The installer crash in Oslo is still open, since the support team is ill.',
  ],
  wholeSummary:
    'Maria and Tom get the release ready. The build is fine; the installer still crashes in Oslo, and Tom takes care of it.',
  parts: [
    {
      headline: 'The build passes',
      from: 0,
      to: 2,
      text: 'The release branch was built twice without errors.',
    },
    {
      headline: 'The installer crashes in Oslo',
      from: 3,
      to: 7,
      bullets: ['The support team has the flu.', 'Tom calls Oslo, Maria writes the release notes.'],
    },
  ],
  chapters: [
    {
      headline: 'The release branch is ready',
      gist: 'Release branch',
      summary: 'The build passed twice, so the branch goes out in June.',
      from: 0,
      to: 2,
    },
    {
      headline: 'Trouble with the installer',
      gist: 'Installer',
      summary: 'The installer crashes in Oslo, and the support team is ill.',
      from: 3,
      to: 7,
    },
  ],
  actionItems: [
    { text: 'Tom calls the team in Oslo before noon.', at: 6 },
    { text: 'Maria writes the release notes.', at: 7 },
  ],
  decisions: [{ text: 'The release branch goes out in June.', at: 2 }],
  highlights: [
    ['support team', 0.02, 4],
    ['release branch', 0.08, 0, 2],
    ['new pipeline', null, 1],
  ],
  entities: [
    ['person_name', 'Tom', 0],
    ['date', 'June fifth', 2],
    ['location_city', 'Oslo', 3],
    ['location_city', 'Oslo', 6],
    ['medical_condition', 'flu', 4],
  ],
  topics: [
    ['MedicalHealth>DiseasesAndConditions>ColdAndFlu', 0.41, 4],
    ['Technology&Computing>Computing>ComputerSoftwareAndApplications', 0.97, 0],
  ],
  warnings: [
    ['profanity', 'low', 3],
    ['health_issues', 'medium', 4],
    ['negative_news', 'high', 4],
  ],
};
