import { Type } from '@sinclair/typebox';
import { optionsSchema } from './optionsSchema';

/** The field `steno` of a preset: what Steno itself does. */
export const stenoSchema = Type.Object(
  {
    description: Type.Optional(Type.String({ description: 'One line that says what the preset is for.' })),
    deleteAfterSaving: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'Delete transcript and upload at AssemblyAI as soon as the note and its sidecar are written. Default: false.',
      }),
    ),
    nameSpeakers: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'Have AssemblyAI look for the people in steno.people among the speakers. Needs speaker_labels. Default: false.',
      }),
    ),
    glossary: Type.Optional(
      Type.Boolean({
        default: true,
        description: 'Add the terms of *.terms files and of cSpell to keyterms_prompt. Default: true.',
      }),
    ),
  },
  {
    additionalProperties: false,
    description: 'What Steno does itself; nothing of it is sent.',
  },
);

/** A preset in the setting `steno.presets`: options, and the field `steno`. */
export const presetSchema = Type.Object({ steno: Type.Optional(stenoSchema), ...optionsSchema.properties });
