import { Type } from '@sinclair/typebox';
import { count, flag, orNull, text } from './fields';

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
    description: 'How many speakers there are, when only the range is certain. Instead of speakers_expected.',
  },
);

/** Parameters about speakers. */
export const speakerOptions = {
  speaker_labels: flag(
    'Tell speakers apart. Each should speak for 30 seconds or more. Needs punctuate. Default: false.',
  ),
  speakers_expected: orNull(Type.Integer({ minimum: 1 }), {
    description:
      'How many people speak, when that is certain; else leave it out, or use speaker_options. Needs speaker_labels.',
  }),
  speaker_options: Type.Optional(range),
};
