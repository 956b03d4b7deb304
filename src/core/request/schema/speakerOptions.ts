import { Type } from '@sinclair/typebox';
import { count, deprecated, flag, orNull, text } from './fields';

const range = Type.Object(
  {
    min_speakers_expected: count('The fewest speakers there can be. Default: 1.', { default: 1 }),
    max_speakers_expected: count(
      'The most speakers there can be. Too high a number makes mistakes: the fewest and two more is a good choice. Default: 10 for recordings of 2 to 10 minutes, 30 for longer ones.',
    ),
    use_two_stage_clustering: Type.Optional(
      Type.Boolean({
        description:
          'Whether speakers are told apart in two steps. Of AssemblyAI’s Python SDK; without a description.',
      }),
    ),
    long_file_diarization_method: text(
      'How speakers are told apart in long recordings. Of AssemblyAI’s Python SDK; without a description.',
    ),
  },
  {
    description:
      'How many people speak: the fewest and the most, or twice the same number when it is certain. Needs speaker_labels.',
  },
);

/** Parameters about speakers. */
export const speakerOptions = {
  speaker_labels: flag(
    'Tell speakers apart. Each should speak for 30 seconds or more. Needs punctuate. Default: false.',
  ),
  speakers_expected: orNull(Type.Integer({ minimum: 1 }), {
    description: 'The old way to say how many people speak.',
    ...deprecated(
      'Use speaker_options, with the same number as min_speakers_expected and max_speakers_expected.',
    ),
  }),
  speaker_options: Type.Optional(range),
};
