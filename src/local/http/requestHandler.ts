import type { IncomingMessage } from 'node:http';
import { readObject } from '../../core/json';
import { exportReply } from '../api/exportReply';
import { listReply } from '../api/listReply';
import { apiErrors, errorReply, jsonReply, type Reply } from '../api/replies';
import type { RouteTarget } from '../api/routes';
import { submitRefusal } from '../api/submitRefusal';
import type { JobQueue } from '../jobs/jobQueue';
import { machineRefusal, uploadIdOf } from '../jobs/parameters';
import type { UploadEnd, UploadStore } from '../jobs/uploadStore';
import { readJson, type JsonLimits } from './readJson';

/** Limits for the bodies of requests. */
export interface BodyLimits extends JsonLimits {
  /** The largest upload. */
  readonly uploadBytes: number;
}

/** What a `RequestHandler` works with. */
export interface RequestHandlerOptions {
  readonly jobs: JobQueue;
  readonly uploads: UploadStore;
  /** Makes the id of an upload, a UUID. */
  readonly newId: () => string;
  readonly limits: BodyLimits;
}

const notAnUpload = errorReply(
  400,
  'The local server fetches nothing from the network: audio_url must be an upload of this server. Send the file to /v2/upload first.',
);

const uploadRefusals: Readonly<Record<Exclude<UploadEnd, 'complete'>, Reply>> = {
  empty: errorReply(400, 'The uploaded file is empty'),
  tooLarge: apiErrors.tooLarge,
};

/** Carries out requests that were admitted. */
export class RequestHandler {
  constructor(private readonly options: RequestHandlerOptions) {}

  /**
   * Carries out a request.
   *
   * @param target the route of the request
   * @param url of the request
   * @param base start of the URLs in the reply, without a slash at its end
   */
  async reply(request: IncomingMessage, target: RouteTarget, url: URL, base: string): Promise<Reply> {
    const { jobs } = this.options;
    switch (target.route) {
      case 'upload':
        return this.upload(request, base);
      case 'submit':
        return this.submit(request);
      case 'list':
        return listReply(jobs.listed, url, base);
      case 'get':
        return transcriptReply(await jobs.get(target.id));
      case 'delete':
        return transcriptReply(await jobs.delete(target.id));
      default: {
        const body = await jobs.get(target.id);
        return body === undefined
          ? apiErrors.unknownTranscript
          : exportReply(target.route, body, url.searchParams);
      }
    }
  }

  private async upload(request: IncomingMessage, base: string): Promise<Reply> {
    const { uploads, newId, limits } = this.options;
    if (Number(request.headers['content-length'] ?? 0) > limits.uploadBytes) {
      return apiErrors.tooLarge;
    }
    const id = newId();
    const chunks = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    const end = await uploads.receive(id, chunks, limits.uploadBytes);
    return end === 'complete' ? jsonReply(200, { upload_url: `${base}/upload/${id}` }) : uploadRefusals[end];
  }

  private async submit(request: IncomingMessage): Promise<Reply> {
    const { jobs, uploads, limits } = this.options;
    const read = await readJson(request, limits);
    if (read === 'tooLarge') {
      return apiErrors.tooLarge;
    }
    const parameters = readObject(read.value);
    const refusal = submitRefusal(read.value) ?? machineRefusal(parameters);
    if (refusal !== undefined) {
      return errorReply(400, refusal);
    }
    const uploadId = uploadIdOf(parameters['audio_url']);
    if (uploadId === undefined) {
      return notAnUpload;
    }
    return (await uploads.has(uploadId))
      ? jsonReply(200, await jobs.submit(parameters, uploadId))
      : apiErrors.inaccessibleUpload;
  }
}

function transcriptReply(body: unknown): Reply {
  return body === undefined ? apiErrors.unknownTranscript : jsonReply(200, body);
}
