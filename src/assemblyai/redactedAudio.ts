import { asFailure, Failure } from '../core/failures/failure';
import { isJsonObject } from '../core/json';
import { transcriptPath, type ApiAccess } from './apiAccess';
import { checkNameIsFree, downloadToNewFile, type DownloadOptions } from './download';

/** The interval of AssemblyAI's own SDK, for ten minutes. */
const pollMs = 3000;
const maxPolls = 200;

/** The status while the service is still making the recording. */
const pendingStatus = 202;

/** The address of the redacted recording, once the service has made it. */
async function waitForAddress(
  { http, retry }: ApiAccess,
  transcriptId: string,
  signal: AbortSignal,
): Promise<string> {
  const path = `${transcriptPath(transcriptId, http.host)}/redacted-audio`;
  const facts = { host: http.host, transcriptId };
  for (let polls = 1; ; polls++) {
    const { status, json } = await retry.run('get', signal, () =>
      http.fetchJson({ method: 'GET', path, signal, transcriptId }),
    );
    const url = isJsonObject(json) ? json['redacted_audio_url'] : undefined;
    if (typeof url === 'string' && url !== '') {
      return url;
    }
    if (status !== pendingStatus) {
      throw new Failure('unexpectedAnswer', 'The answer has no redacted_audio_url', facts);
    }
    if (polls === maxPolls) {
      throw new Failure('transcriptNotReady', 'The recording is still being made', facts);
    }
    await retry.sleep(pollMs, signal);
  }
}

/**
 * Downloads the redacted recording of a transcript, by `GET /v2/transcript/{id}/redacted-audio`. Must not run twice at
 * the same time for one transcript.
 *
 * @param file absolute path that is still free
 * @throws Failure and leaves no file
 */
export async function saveRedactedAudio(
  access: ApiAccess,
  options: DownloadOptions,
  transcriptId: string,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  await checkNameIsFree(file);
  const address = await waitForAddress(access, transcriptId, signal);
  await access.retry.run('get', signal, async () => {
    try {
      await downloadToNewFile(options, address, file, `${transcriptId}-audio`, signal);
    } catch (thrown) {
      throw asFailure(thrown).with({ transcriptId });
    }
  });
}
