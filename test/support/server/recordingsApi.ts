import { isJsonObject, type JsonObject } from '../../../src/core/json';
import { isFinal } from '../../../src/local/api/bodies';
import { exportReply } from '../../../src/local/api/exportReply';
import { listReply, type ListedTranscript } from '../../../src/local/api/listReply';
import { apiErrors, errorReply, jsonReply, type Reply } from '../../../src/local/api/replies';
import type { ExportRoute } from '../../../src/local/api/routes';
import { submitRefusal } from '../../../src/local/api/submitRefusal';
import type { Account } from './account';
import { dialogueBody } from './bodies';
import { featuresBeyondLanguage } from './features';
import type { Job, JobPlan } from './jobs';
import { withoutRetired } from './models';
import type { RecordedRequest } from './requestLog';
import type { GatewayRoute, ServerRoute } from './routes';
import type { ScriptedReply } from './scriptedReply';
import type { ScriptedServerOptions } from './scriptedServer';
import { seededUuids } from './seededUuid';

/** A request that has arrived as a whole. */
export interface RecordingsRequest {
  readonly route: Exclude<ServerRoute, GatewayRoute | 'redacted-file'>;
  /** Id of the transcript; '' for routes without one. */
  readonly id: string;
  readonly url: URL;
  readonly recorded: RecordedRequest;
}

/** The routes of one transcript. */
type TranscriptRoute = 'get' | 'delete' | 'redacted-audio' | ExportRoute;

/** Default bytes of redacted audio: no sound, but enough for several pieces. */
const someAudio = Buffer.alloc(100_000, 'redacted audio ');
const bytesOfPiece = 30_000;

/** A row of the list, where `deleted_by_user` occurs with and without a scheme. */
function listed(job: Job, index: number): ListedTranscript {
  const { id, body, createdMs, completedMs } = job;
  const shownUrl = index % 2 === 0 ? 'http://deleted_by_user' : 'deleted_by_user';
  return {
    id,
    status: String(body['status']),
    createdMs,
    completedMs,
    audioUrl: job.isDeleted && job.deletionHidden === 0 ? shownUrl : job.audioUrl,
    error: body['error'] as string | undefined,
  };
}

/** The API for recordings, without faults. */
export class RecordingsApi {
  private readonly newId: () => string;

  constructor(
    private readonly options: ScriptedServerOptions,
    private readonly plans: JobPlan[],
    private readonly url: () => string,
  ) {
    this.newId = seededUuids(options.seed ?? 1);
  }

  act(account: Account, { route, id, url, recorded }: RecordingsRequest): Reply {
    switch (route) {
      case 'upload':
        return this.upload(account, String(recorded.sha256));
      case 'submit':
        return this.submit(account, recorded.json);
      case 'list':
        return this.list(account, url);
      default: {
        const job = account.jobs.find(id);
        return job === undefined ? apiErrors.unknownTranscript : this.actOn(account, job, route, url);
      }
    }
  }

  private actOn(account: Account, job: Job, route: TranscriptRoute, url: URL): Reply {
    switch (route) {
      case 'get':
        account.jobs.poll(job);
        return jsonReply(200, job.body);
      case 'delete':
        return this.delete(account, job);
      case 'redacted-audio':
        return this.redactedAudio(job);
      default:
        return exportReply(route, job.body, url.searchParams);
    }
  }

  /** The response of the storage, which wants its own signature and no key. */
  file(url: URL, { headers }: RecordedRequest): ScriptedReply {
    if (url.searchParams.get('X-Amz-Signature') === null || headers.authorization !== undefined) {
      const body = `<?xml version="1.0"?><Error><Code>AccessDenied</Code><Url>${url.href}</Url></Error>`;
      return { status: 403, body, headers: { 'content-type': 'application/xml' } };
    }
    const audio = this.options.redactedAudio ?? someAudio;
    const pieces = Array.from({ length: Math.ceil(audio.length / bytesOfPiece) }, (_, index) =>
      audio.subarray(index * bytesOfPiece, (index + 1) * bytesOfPiece),
    );
    const length = String(audio.length);
    return { status: 200, headers: { 'content-type': 'audio/mpeg', 'content-length': length }, pieces };
  }

  private redactedAudio(job: Job): Reply {
    if (!isFinal(job.body['status'])) {
      return errorReply(
        400,
        'Transcription is still in progress. Redacted audio will be available after it has completed.',
      );
    }
    if (job.parameters['redact_pii_audio'] !== true || job.isDeleted || job.body['status'] === 'error') {
      return errorReply(
        400,
        "A redacted audio file for this transcript ID doesn't exist. Try submitting the transcript again with `redact_pii_audio` set to `true`.",
      );
    }
    job.redactedAudioPolls += 1;
    if (job.redactedAudioPolls <= (this.options.redactedAudioLag ?? 0)) {
      // It is known to be 202, but its body is not.
      return jsonReply(202, { status: 'processing' });
    }
    const here = `${this.url()}/redacted/${job.id}.mp3?X-Amz-Signature=0123456789abcdef`;
    const url = this.options.redactedAudioUrl?.(job.id) ?? here;
    return jsonReply(200, { status: 'redacted_audio_ready', redacted_audio_url: url });
  }

  private upload(account: Account, sha256: string): Reply {
    const uploadUrl = `${this.url()}/upload/${this.newId()}`;
    account.uploads.add(uploadUrl);
    account.sha256s.set(uploadUrl, sha256);
    return jsonReply(200, { upload_url: uploadUrl });
  }

  private submit(account: Account, body: unknown): Reply {
    const reroutes = this.options.retiredModels === 'rerouted' && isJsonObject(body);
    const refusal = submitRefusal(reroutes ? withoutRetired(body) : body);
    if (refusal !== undefined) {
      return errorReply(400, refusal);
    }
    const parameters = body as JsonObject;
    const beyond = featuresBeyondLanguage(parameters);
    if (beyond.length > 0) {
      const text = `The following models are not available in this language: ${beyond.join(', ')}`;
      return errorReply(400, text);
    }
    const audioUrl = String(parameters['audio_url']);
    if (audioUrl.startsWith(`${this.url()}/upload/`) && !account.uploads.has(audioUrl)) {
      return apiErrors.inaccessibleUpload;
    }
    const plan = this.plans.shift() ?? { results: this.options.results ?? dialogueBody() };
    const job = account.jobs.add(this.newId(), parameters, plan, this.options.listLag ?? 0);
    account.noteLoad();
    return jsonReply(200, job.body);
  }

  private list(account: Account, url: URL): Reply {
    const shown = account.jobs.all.filter((job) => job.hiddenFromLists === 0);
    const reply = listReply(shown.map(listed), url, this.url());
    account.jobs.all.forEach((job) => {
      job.hiddenFromLists = Math.max(0, job.hiddenFromLists - 1);
      job.deletionHidden = Math.max(0, job.deletionHidden - 1);
    });
    return reply;
  }

  private delete(account: Account, job: Job): Reply {
    if (!isFinal(job.body['status'])) {
      // It is known to be refused, but not with which message.
      return errorReply(400, 'A transcript cannot be deleted before it is completed');
    }
    account.uploads.delete(job.audioUrl);
    account.jobs.delete(job, this.options.deletionLag ?? 0);
    // Recorded bodies have it here, and not in later responses.
    const mark = this.options.newness === true ? { is_deleted: true } : {};
    return jsonReply(200, { ...job.body, ...mark });
  }
}
