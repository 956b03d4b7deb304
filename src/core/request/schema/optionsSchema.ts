import { Type, type Static } from '@sinclair/typebox';
import { insightOptions } from './insightOptions';
import { languageOptions } from './languageOptions';
import { redactionOptions } from './redactionOptions';
import { speakerOptions } from './speakerOptions';
import { textOptions } from './textOptions';
import { understandingOptions } from './understandingOptions';
import { webhookOptions } from './webhookOptions';

/**
 * Every parameter of `POST /v2/transcript` that is known, but `audio_url`. Others may stand beside them: the service
 * gets new ones without notice.
 */
export const optionsSchema = Type.Object({
  ...languageOptions,
  ...textOptions,
  ...speakerOptions,
  ...insightOptions,
  ...redactionOptions,
  ...understandingOptions,
  ...webhookOptions,
});

/** Options of known names, for the compiler. */
export type KnownOptions = Static<typeof optionsSchema>;
