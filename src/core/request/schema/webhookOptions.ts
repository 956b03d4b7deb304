import { Type } from '@sinclair/typebox';
import { orNull, text } from './fields';

const https = String.raw`https://[^/?#@\\\s\x00-\x1f\x7f]+`;
const httpHere = String.raw`http://(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?`;
/** Without characters by which programs disagree about the host: a user name before `@`, backslashes and spaces. */
const address = String.raw`^(${https}|${httpHere})([/?#][^\\\s\x00-\x1f\x7f]*)?$`;

/** Parameters about the webhook, which AssemblyAI calls when a transcript is done. */
export const webhookOptions = {
  webhook_url: text(
    'An address that AssemblyAI calls when the transcript is done: https, or http on this machine.',
    {
      pattern: address,
      mustBe: 'an https address, or http on this machine, without user name, backslash or space',
    },
  ),
  webhook_auth_header_name: orNull(Type.String({ pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$" }), {
    mustBe: 'the name of an HTTP header',
    description:
      'The header that proves to your address that it is AssemblyAI who calls. Its value is a secret: keep it with “Steno: Set Webhook Secret…”.',
  }),
  webhook_auth_header_value: orNull(Type.String(), {
    description: 'A secret, which does not belong in settings: keep it with “Steno: Set Webhook Secret…”.',
  }),
};
