import { readPresets } from '../../core/request/presets';
import type { TranscriptOptions } from '../../core/request/request';
import { optionsSchema } from '../../core/request/schema/optionsSchema';
import { schemaErrors } from '../../core/request/schemaProblems';
import { headerIn, hostOf, type WebhookHeader, type WebhookSecrets } from '../keys/webhookSecrets';
import { offer } from '../platform/messages';
import { readPresetSettings } from '../platform/settings';
import { enterText, pickOne, plain, separator, type Choice } from '../platform/quickPicks';

/** *Set Webhook Secret…*: resolves with whether one was stored. */
export async function setWebhookSecret(secrets: WebhookSecrets): Promise<boolean> {
  const webhook = await chooseWebhook();
  return webhook !== undefined && askForValue(webhook, secrets);
}

/** Asks for the value of the header that options name; resolves with whether it was stored. */
export async function askForSecretOf(options: TranscriptOptions, secrets: WebhookSecrets): Promise<boolean> {
  const webhook = headerIn(options);
  return webhook !== undefined && askForValue(webhook, secrets);
}

/** *Remove Webhook Secret…* */
export async function removeWebhookSecret(secrets: WebhookSecrets): Promise<void> {
  const names = await secrets.names();
  if (names.length === 0) {
    await offer('information', 'No secret of a webhook is stored.');
    return;
  }
  const choices = names.map((name) => ({ value: name, label: plain(name) }));
  const name = await pickOne('Remove Webhook Secret', 'Which one is to be forgotten?', choices);
  if (name !== undefined) {
    await secrets.remove(name);
    await offer('information', `The secret of ${name} was removed from this machine.`);
  }
}

type Wanted = WebhookHeader | 'other';

/** One that a preset names, or another. */
async function chooseWebhook(): Promise<WebhookHeader | undefined> {
  const { presets } = readPresets(...readPresetSettings());
  const known = presets.flatMap(({ name, options }): Choice<Wanted>[] => {
    const webhook = headerIn(options);
    const host = webhook === undefined ? undefined : hostOf(webhook.url);
    return webhook === undefined || host === undefined
      ? []
      : [
          {
            value: webhook,
            label: plain(host),
            description: plain(webhook.header),
            detail: `Preset ${plain(name)}`,
          },
        ];
  });
  const others: readonly Choice<Wanted>[] = [
    separator('', 'other'),
    { value: 'other', label: '$(edit) Another…' },
  ];
  const chosen =
    known.length === 0
      ? 'other'
      : await pickOne('Set Webhook Secret', 'For which webhook?', [...known, ...others]);
  return chosen === 'other' ? enterWebhook() : chosen;
}

async function enterWebhook(): Promise<WebhookHeader | undefined> {
  const url = await enterText('Set Webhook Secret', 'Address of the webhook, as in webhook_url.', {
    placeHolder: 'https://hooks.example.com/transcripts',
    complaint: (text) => complaintAbout({ webhook_url: text.trim() }),
  });
  const header =
    url === undefined
      ? undefined
      : await enterText('Set Webhook Secret', 'Name of the header, as in webhook_auth_header_name.', {
          placeHolder: 'X-Webhook-Token',
          complaint: (text) => complaintAbout({ webhook_auth_header_name: text.trim() }),
        });
  return url === undefined || header === undefined ? undefined : { url, header };
}

/** What would be wrong with it in a preset: a value for what no preset may have would never be sent. */
function complaintAbout(options: TranscriptOptions): string {
  return schemaErrors(optionsSchema, options)[0]?.message ?? '';
}

async function askForValue(webhook: WebhookHeader, secrets: WebhookSecrets): Promise<boolean> {
  const host = hostOf(webhook.url) ?? webhook.url;
  const prompt = `Value of the header ${plain(webhook.header)} for ${plain(host)}. It is kept in VS Code's secret storage, and goes there only.`;
  const value = await enterText('Set Webhook Secret', prompt, {
    password: true,
    complaint: (text) =>
      /^[\x20-\x7e]*$/.test(text.trim()) ? '' : 'A header holds plain ASCII characters only.',
  });
  if (value === undefined || value === '') {
    return false;
  }
  await secrets.store(webhook, value);
  return true;
}
