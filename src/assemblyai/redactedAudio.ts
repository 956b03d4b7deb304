import { asFailure, Failure } from '../core/failures/failure';
import { isJsonObject } from '../core/json';
import { checkNameIsFree, downloadToNewFile, type DownloadOptions } from './download';
import { transcriptPath, type ApiAccess } from './exports';

/** The pace of AssemblyAI's own SDK, and ten minutes of it in all. */
const pollMs = 3000;
const mostPolls = 200;

const pending = 202;

/** Where the recording lies, once the service has made it. */
async function readyAddress(
  { http: channel, retry }: ApiAccess,
  transcriptId: string,
  signal: AbortSignal,
): Promise<string> {
  const path = `${transcriptPath(transcriptId, channel.host)}/redacted-audio`;
  const facts = { host: channel.host, transcriptId };
  for (let polls = 1; ; polls++) {
    const { status, json } = await retry.run('get', signal, () =>
      channel.fetchJson({ method: 'GET', path, signal, transcriptId }),
    );
    const url = isJsonObject(json) ? json['redacted_audio_url'] : undefined;
    if (typeof url === 'string' && url !== '') {
      return url;
    }
    if (status !== pending) {
      throw new Failure('unexpectedAnswer', 'The answer has no redacted_audio_url', facts);
    }
    if (polls === mostPolls) {
      throw new Failure('transcriptNotReady', 'The recording is still being made', facts);
    }
    await retry.sleep(pollMs, signal);
  }
}

/**
 * To be called by one at a time for a transcript.
 * @throws Failure, with nothing left on disk
 */
export async function saveRedactedAudio(
  way: ApiAccess,
  options: DownloadOptions,
  transcriptId: string,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  await checkNameIsFree(file);
  const address = await readyAddress(way, transcriptId, signal);
  await way.retry.run('get', signal, async () => {
    try {
      await downloadToNewFile(options, address, file, `${transcriptId}-audio`, signal);
    } catch (thrown) {
      throw asFailure(thrown).with({ transcriptId });
    }
  });
}
