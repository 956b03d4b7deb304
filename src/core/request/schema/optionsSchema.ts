import { Type, type Static } from '@sinclair/typebox';
import { insightOptions } from './insightOptions';
import { languageOptions } from './languageOptions';
import { redactionOptions } from './redactionOptions';
import { speakerOptions } from './speakerOptions';
import { textOptions } from './textOptions';
import { understandingOptions } from './understandingOptions';
import { webhookOptions } from './webhookOptions';

/**
 * All known parameters of `POST /v2/transcript` except `audio_url`, from AssemblyAI's documentation, OpenAPI file and
 * SDKs. Unknown parameters are allowed, since the service gets new ones without notice.
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

/** Options with known parameters only, for the compiler. */
export type KnownOptions = Static<typeof optionsSchema>;
