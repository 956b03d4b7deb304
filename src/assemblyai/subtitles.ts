import { isWebPage } from '../core/failures/errorText';
import { Failure } from '../core/failures/failure';
import { transcriptPath, type ApiAccess } from './apiAccess';

/**
 * The captions of a transcript, by `GET /v2/transcript/{id}/srt` or `/vtt`.
 *
 * @param charsPerCaption a whole number of at least 1; undefined for the service's default
 * @throws Failure `transcriptNotReady` before the transcript is finished
 */
export async function fetchSubtitles(
  { http, retry }: ApiAccess,
  transcriptId: string,
  format: 'srt' | 'vtt',
  charsPerCaption: number | undefined,
  signal: AbortSignal,
): Promise<string> {
  const { host } = http;
  if (charsPerCaption !== undefined && !(Number.isInteger(charsPerCaption) && charsPerCaption >= 1)) {
    const message = 'A caption has a whole number of characters, at least one';
    throw new Failure('invalidRequest', message, { host, transcriptId });
  }
  const query = charsPerCaption === undefined ? '' : `?chars_per_caption=${charsPerCaption}`;
  const path = `${transcriptPath(transcriptId, host)}/${format}${query}`;
  return retry.run('get', signal, async () => {
    const text = await http.fetchText({ method: 'GET', path, signal, transcriptId });
    // The content type is no help: AssemblyAI's OpenAPI file lists text/html for captions as well.
    if (isWebPage('', text) || (format === 'vtt' && !/^\ufeff?WEBVTT/.test(text))) {
      throw new Failure('unexpectedAnswer', 'The answer has no captions', { host, transcriptId });
    }
    return text;
  });
}
