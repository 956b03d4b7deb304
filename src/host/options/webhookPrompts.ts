import { readPresets } from '../../core/request/presets';
import type { TranscriptOptions } from '../../core/request/request';
import { optionsSchema } from '../../core/request/schema/optionsSchema';
import { schemaErrors } from '../../core/request/schemaProblems';
import { tellNotStored } from '../keys/tellNotStored';
import { headerIn, hostOf, type WebhookHeader, type WebhookSecrets } from '../keys/webhookSecrets';
import { notify } from '../platform/userMessages';
import { readPresetSettings } from '../platform/settings';
import { enterText, pickOne, plainText, separator, type Choice } from '../platform/quickPicks';

/** *Set Webhook Secret…*. @returns whether a secret was stored */
export async function setWebhookSecret(secrets: WebhookSecrets): Promise<boolean> {
  const webhook = await chooseWebhook();
  return webhook !== undefined && promptForValue(webhook, secrets);
}

/** Lets the user enter the secret for the webhook header that options name. @returns whether it was stored */
export async function promptForSecret(options: TranscriptOptions, secrets: WebhookSecrets): Promise<boolean> {
  const webhook = headerIn(options);
  return webhook !== undefined && promptForValue(webhook, secrets);
}

/** *Remove Webhook Secret…*: lets the user pick the secret. */
export async function removeWebhookSecret(secrets: WebhookSecrets): Promise<void> {
  const names = await secrets.names();
  if (names.length === 0) {
    await notify('information', 'No webhook secret is stored.');
    return;
  }
  const choices = names.map((name) => ({ value: name, label: plainText(name) }));
  const name = await pickOne('Remove Webhook Secret', 'Select the secret to remove', choices);
  if (name !== undefined) {
    await secrets.remove(name);
    await notify('information', `The secret for ${name} was removed from this machine.`);
  }
}

type Picked = WebhookHeader | 'other';

/** Lets the user pick a webhook that a preset names, or enter another. */
async function chooseWebhook(): Promise<WebhookHeader | undefined> {
  const { presets } = readPresets(...readPresetSettings());
  const known = presets.flatMap(({ name, options }): Choice<Picked>[] => {
    const webhook = headerIn(options);
    const host = webhook === undefined ? undefined : hostOf(webhook.url);
    return webhook === undefined || host === undefined
      ? []
      : [
          {
            value: webhook,
            label: plainText(host),
            description: plainText(webhook.header),
            detail: `${plainText(webhook.url)} · preset ${plainText(name)}`,
          },
        ];
  });
  const others: readonly Choice<Picked>[] = [
    separator('', 'other'),
    { value: 'other', label: '$(edit) Another…' },
  ];
  const chosen =
    known.length === 0
      ? 'other'
      : await pickOne('Set Webhook Secret', 'Select the webhook', [...known, ...others]);
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

/** What would be wrong with these options in a preset. A secret for options that no preset may have is never sent. */
function complaintAbout(options: TranscriptOptions): string {
  return schemaErrors(optionsSchema, options)[0]?.message ?? '';
}

async function promptForValue(webhook: WebhookHeader, secrets: WebhookSecrets): Promise<boolean> {
  const prompt = `Value of the header ${plainText(webhook.header)} for ${plainText(webhook.url)}. It is kept in VS Code’s secret storage and sent to that address only.`;
  const value = await enterText('Set Webhook Secret', prompt, {
    password: true,
    complaint: (text) =>
      /^[\x20-\x7e]*$/.test(text.trim()) ? '' : 'A header can contain ASCII characters only.',
  });
  if (value === undefined || value === '') {
    return false;
  }
  if (!(await secrets.store(webhook, value))) {
    tellNotStored('The secret');
  }
  return true;
}
