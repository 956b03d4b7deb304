import { Type } from '@sinclair/typebox';
import { choice, deprecated, flag, texts } from './fields';

const summaryInstead = deprecated(
  'Use speech_understanding.request.summarization; newer accounts are refused this one.',
);
const withoutFunction = deprecated('It does nothing any more. For topics, use iab_categories.');

/** Parameters about findings in what was said, such as highlights, topics and sentiment. */
export const insightOptions = {
  auto_highlights: flag('Find important phrases. English. Default: false.'),
  content_safety: flag(
    'Find sensitive content, such as violence or drugs. English, Spanish, French, German, Italian and Portuguese. Default: false.',
  ),
  content_safety_confidence: Type.Optional(
    Type.Integer({
      minimum: 25,
      maximum: 100,
      default: 50,
      description:
        'From 25 to 100: how sure the service must be of sensitive content to report it. With content_safety. Default: 50.',
    }),
  ),
  iab_categories: flag(
    'Find out what it is about, by the 698 topics of the IAB. English, Spanish, French, German, Italian and Portuguese. Default: false.',
  ),
  sentiment_analysis: flag(
    'Judge each sentence as positive, neutral or negative. English. Needs punctuate. Default: false.',
  ),
  entity_detection: flag(
    'Find names, places, dates, amounts and the like. About 50 languages. Default: false.',
  ),
  auto_chapters: flag(
    'Divide into chapters, each with a headline. Needs punctuate. Default: false.',
    summaryInstead,
  ),
  summarization: flag('Summarise. Needs punctuate and format_text. Default: false.', summaryInstead),
  summary_model: choice(['informative', 'conversational', 'catchy'], {
    default: 'informative',
    description: 'How the summary is written. Together with summary_type.',
    ...summaryInstead,
  }),
  summary_type: choice(['bullets', 'bullets_verbose', 'gist', 'headline', 'paragraph'], {
    default: 'bullets',
    description: 'Which form the summary has. Together with summary_model.',
    ...summaryInstead,
  }),
  custom_topics: flag('Once: find topics of your own.', withoutFunction),
  topics: texts('Once: topics of your own.', withoutFunction),
};
