/**
 * The languages that AssemblyAI transcribes, by API code, with their English names; those of most recordings come
 * first.
 */
export const languages: ReadonlyMap<string, string> = new Map([
  ['en', 'English'],
  ['en_us', 'English (United States)'],
  ['en_uk', 'English (United Kingdom)'],
  ['en_au', 'English (Australia)'],
  ['es', 'Spanish'],
  ['fr', 'French'],
  ['de', 'German'],
  ['de_ch', 'German (Switzerland)'],
  ['it', 'Italian'],
  ['pt', 'Portuguese'],
  ['nl', 'Dutch'],
  ['hi', 'Hindi'],
  ['ja', 'Japanese'],
  ['zh', 'Chinese'],
  ['ko', 'Korean'],
  ['ru', 'Russian'],
  ['tr', 'Turkish'],
  ['pl', 'Polish'],
  ['uk', 'Ukrainian'],
  ['vi', 'Vietnamese'],
  ['ar', 'Arabic'],
  ['id', 'Indonesian'],
  ['af', 'Afrikaans'],
  ['sq', 'Albanian'],
  ['am', 'Amharic'],
  ['hy', 'Armenian'],
  ['as', 'Assamese'],
  ['az', 'Azerbaijani'],
  ['ba', 'Bashkir'],
  ['eu', 'Basque'],
  ['be', 'Belarusian'],
  ['bn', 'Bengali'],
  ['bs', 'Bosnian'],
  ['br', 'Breton'],
  ['bg', 'Bulgarian'],
  ['my', 'Burmese'],
  ['yue', 'Cantonese'],
  ['ca', 'Catalan'],
  ['hr', 'Croatian'],
  ['cs', 'Czech'],
  ['da', 'Danish'],
  ['et', 'Estonian'],
  ['fo', 'Faroese'],
  ['fi', 'Finnish'],
  ['gl', 'Galician'],
  ['ka', 'Georgian'],
  ['el', 'Greek'],
  ['gu', 'Gujarati'],
  ['ht', 'Haitian Creole'],
  ['ha', 'Hausa'],
  ['haw', 'Hawaiian'],
  ['he', 'Hebrew'],
  ['hu', 'Hungarian'],
  ['is', 'Icelandic'],
  ['jw', 'Javanese'],
  ['kn', 'Kannada'],
  ['kk', 'Kazakh'],
  ['km', 'Khmer'],
  ['lo', 'Lao'],
  ['la', 'Latin'],
  ['lv', 'Latvian'],
  ['ln', 'Lingala'],
  ['lt', 'Lithuanian'],
  ['lb', 'Luxembourgish'],
  ['mk', 'Macedonian'],
  ['mg', 'Malagasy'],
  ['ms', 'Malay'],
  ['ml', 'Malayalam'],
  ['mt', 'Maltese'],
  ['mi', 'Maori'],
  ['mr', 'Marathi'],
  ['mn', 'Mongolian'],
  ['ne', 'Nepali'],
  ['no', 'Norwegian'],
  ['nn', 'Norwegian Nynorsk'],
  ['oc', 'Occitan'],
  ['ps', 'Pashto'],
  ['fa', 'Persian'],
  ['pa', 'Punjabi'],
  ['ro', 'Romanian'],
  ['sa', 'Sanskrit'],
  ['sr', 'Serbian'],
  ['sn', 'Shona'],
  ['sd', 'Sindhi'],
  ['si', 'Sinhala'],
  ['sk', 'Slovak'],
  ['sl', 'Slovenian'],
  ['so', 'Somali'],
  ['su', 'Sundanese'],
  ['sw', 'Swahili'],
  ['sv', 'Swedish'],
  ['tl', 'Tagalog'],
  ['tg', 'Tajik'],
  ['ta', 'Tamil'],
  ['tt', 'Tatar'],
  ['te', 'Telugu'],
  ['th', 'Thai'],
  ['bo', 'Tibetan'],
  ['tk', 'Turkmen'],
  ['ur', 'Urdu'],
  ['uz', 'Uzbek'],
  ['cy', 'Welsh'],
  ['xh', 'Xhosa'],
  ['yi', 'Yiddish'],
  ['yo', 'Yoruba'],
  ['zu', 'Zulu'],
]);

let otherNames: Intl.DisplayNames | undefined;

/** The English name of a language by its API code: "German" for `de`. An unknown code is returned as it is. */
export function languageName(code: string): string {
  const known = languages.get(code);
  if (known !== undefined) {
    return known;
  }
  otherNames ??= new Intl.DisplayNames(['en'], { type: 'language', languageDisplay: 'standard' });
  try {
    return otherNames.of(code.replaceAll('_', '-')) ?? code;
  } catch {
    // Not a valid language code.
    return code;
  }
}

const listOf = (codes: string): readonly string[] => codes.split(' ');

/** Languages in which entities are found and personal information is redacted. */
export const entityLanguages = listOf(
  'en en_au en_uk en_us es fr de it pt nl hi ja zh fi ko pl ru tr uk vi af ar be bg my ca hr cs da et ka el he hu is ' +
    'id km lv lt lb ms no fa ro sk sl sw sv tl ta',
);

/** Languages in which sensitive content and topics are found. */
export const contentLanguages = listOf('en en_au en_uk en_us es fr de it pt');

/** Languages in which profanity is filtered. */
export const profanityLanguages = [...contentLanguages, ...listOf('nl hi ja')];

/** Languages with a medical mode. */
export const medicalLanguages = listOf('en en_au en_uk en_us es fr de');

/** English and its variants. */
export const englishes = listOf('en en_au en_uk en_us');

const notTranslatedInto = listOf('ba bo br de_ch fo km ln my nn oc sa th tk tt xh yue zu');

/** Languages into which the service is known to translate. */
export const translationLanguages = [...languages.keys()].filter((code) => !notTranslatedInto.includes(code));
