import type { IncomingMessage } from 'node:http';
import { readObject } from '../../core/json';
import { exportReply } from '../api/exports';
import { listReply } from '../api/list';
import { apiErrors, errorReply, jsonReply, type Reply } from '../api/replies';
import type { Target } from '../api/routes';
import { submitRefusal } from '../api/submitRefusal';
import type { JobQueue } from '../jobs/jobQueue';
import { machineRefusal, uploadIdOf } from '../jobs/parameters';
import type { UploadEnd, UploadStore } from '../jobs/uploadStore';
import { readJson, type JsonLimits } from './readJson';

export interface Limits extends JsonLimits {
  readonly uploadBytes: number;
}

export interface ApiOptions {
  readonly jobs: JobQueue;
  readonly uploads: UploadStore;
  readonly newId: () => string;
  readonly limits: Limits;
}

const foreignAudio = errorReply(
  400,
  'The local server fetches nothing from the network: audio_url must be an upload of this server. Send the file to /v2/upload first.',
);

const uploadRefusals: Readonly<Record<Exclude<UploadEnd, 'complete'>, Reply>> = {
  empty: errorReply(400, 'The uploaded file is empty'),
  tooLarge: apiErrors.tooLarge,
};

/** The API behind its door: carries out requests that were let in. */
export class Api {
  constructor(private readonly options: ApiOptions) {}

  /** @param base of the URLs in answers */
  async reply(request: IncomingMessage, target: Target, url: URL, base: string): Promise<Reply> {
    const { jobs } = this.options;
    switch (target.route) {
      case 'upload':
        return this.upload(request, base);
      case 'submit':
        return this.submit(request);
      case 'list':
        return listReply(jobs.listed, url, base);
      case 'get':
        return foundReply(await jobs.get(target.id));
      case 'delete':
        return foundReply(await jobs.delete(target.id));
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
      return foreignAudio;
    }
    return (await uploads.has(uploadId))
      ? jsonReply(200, await jobs.submit(parameters, uploadId))
      : apiErrors.foreignUpload;
  }
}

function foundReply(body: unknown): Reply {
  return body === undefined ? apiErrors.unknownTranscript : jsonReply(200, body);
}
