import type { Talk } from './talk';

/** Text from right to left, with a direction mark that is part of it, and Latin words. */
export const arabic: Talk = {
  language: 'ar',
  names: { A: 'ليلى', B: 'د. سامي' },
  sentences: [
    ['A', 'NEUTRAL', 'صباح الخير يا دكتور سامي. كيف تسير أعمال المكتبة؟'],
    ['B', 'POSITIVE', 'بخير والحمد لله، قاعة القراءة جاهزة وهي جميلة جدًا.'],
    ['A', 'NEUTRAL', 'إذن نفتتح في الخامس من أكتوبر كما اتفقنا.'],
    ['B', 'NEGATIVE', 'لكن خادم الـ\u200fWi-Fi تعطل (مرتين!) والشركة في عمّان لا ترد.'],
    ['B', 'NEGATIVE', 'أصيب عاملان أثناء العمل، وهذا مؤسف حقًا.'],
    ['A', 'NEUTRAL', 'اتصل من فضلك بالرقم [PHONE_NUMBER] قبل افتتاح قاعة القراءة.'],
    ['B', 'NEUTRAL', 'سأفعل ذلك بعد الاجتماع مباشرة.'],
    ['A', 'POSITIVE', 'شكرًا جزيلًا لك، وسأكتب أنا الدعوات.'],
  ],
  translations: {
    en: [
      'Good morning, Dr Sami. How is the work on the library going?',
      'Well, thank God, the reading room is ready and very beautiful.',
      'Then we open on the fifth of October, as agreed.',
      'But the Wi-Fi server failed (twice!), and the company in Amman does not answer.',
      'Two workers were injured at work, which is really sad.',
      'Please call [PHONE_NUMBER] before the reading room opens.',
      'I will do that right after the meeting.',
      'Thank you very much, and I will write the invitations.',
    ],
    he: [
      'בוקר טוב, ד״ר סמי. איך מתקדמת העבודה בספרייה?',
      'טוב מאוד, אולם הקריאה מוכן והוא יפה מאוד.',
      'אז נפתח בחמישה באוקטובר, כמו שסיכמנו.',
      'אבל שרת ה-Wi-Fi התקלקל (פעמיים!) והחברה בעמאן לא עונה.',
      'שני עובדים נפצעו בעבודה, וזה באמת עצוב.',
      'בבקשה תתקשר אל [PHONE_NUMBER] לפני פתיחת אולם הקריאה.',
      'אעשה זאת מיד אחרי הישיבה.',
      'תודה רבה לך, ואני אכתוב את ההזמנות.',
    ],
  },
  formats: { 'الخامس من أكتوبر': '05/10/2026' },
  secrets: { '[PHONE_NUMBER]': '06 5550134' },
  oldSummary: ['قاعة القراءة جاهزة.', 'تعطل خادم الشبكة والشركة لا ترد.'],
  wholeSummary:
    'أعمال المكتبة شبه منتهية، والافتتاح في أكتوبر. يتصل الدكتور سامي بالشركة وتكتب ليلى الدعوات.',
  parts: [
    { headline: 'قاعة القراءة جاهزة', from: 0, to: 2, text: 'يبقى الافتتاح في أكتوبر.' },
    { headline: 'خادم الشبكة معطل', from: 3, to: 7, bullets: ['الشركة لا ترد.', 'أصيب عاملان.'] },
  ],
  chapters: [
    {
      headline: 'حالة الأعمال',
      gist: 'الأعمال',
      summary: 'قاعة القراءة جاهزة والافتتاح في أكتوبر.',
      from: 0,
      to: 2,
    },
    {
      headline: 'مشكلة الخادم',
      gist: 'الخادم',
      summary: 'تعطل الخادم وأصيب عاملان.',
      from: 3,
      to: 7,
    },
  ],
  actionItems: [
    { text: 'يتصل الدكتور سامي بالشركة بعد الاجتماع.', at: 6 },
    { text: 'تكتب ليلى الدعوات.', at: 7 },
  ],
  decisions: [{ text: 'تفتتح المكتبة في أكتوبر.', at: 2 }],
  highlights: [
    ['خادم الـ\u200fWi-Fi', 0.02, 3],
    ['قاعة القراءة', 0.09, 1, 5],
  ],
  entities: [
    ['person_name', 'سامي', 0],
    ['date', 'الخامس من أكتوبر', 2],
    ['location_city', 'عمّان', 3],
    ['injury', 'أصيب', 4],
  ],
  topics: [
    ['BooksAndLiterature', 0.91, 0],
    ['Technology&Computing>Computing>Internet', 0.37, 3],
  ],
  warnings: [['disasters', 'low', 4]],
};
