import { isJsonObject, pick, readObject, readObjects, type JsonObject } from '../json';
import type { Transcript, TranscriptBody } from '../transcript/model';
import { parseTranscript } from '../transcript/parseTranscript';
import { readUnderstanding } from '../transcript/results/readResults';

/** A request to `POST /understanding` of AssemblyAI's LLM Gateway, and its response. */
export interface Understanding {
  /** The value of `speech_understanding.request`. */
  readonly request: JsonObject;
  /** The body of the response, which has the shape of a transcript body. */
  readonly response: JsonObject;
}

/**
 * The transcript body as it would be if the request had been part of the first one. Results, names of speakers and
 * translations come from the response; the words and their times stay.
 */
export function mergeUnderstanding(body: TranscriptBody, understanding: Understanding): TranscriptBody {
  const found = withFindings(body, understanding);
  const names = namesIn(understanding);
  return names.size === 0
    ? found
    : {
        ...found,
        ...renamedIn(found, 'words', names),
        ...(Array.isArray(found['utterances']) && {
          utterances: readObjects(found['utterances']).map((utterance) => ({
            ...renamed(utterance, names),
            ...renamedIn(utterance, 'words', names),
          })),
        }),
      };
}

/** The transcript with only the results of the response; speakers keep their labels. */
export function findingsIn(body: TranscriptBody, understanding: Understanding): Transcript {
  const utterances = readObjects(body['utterances']).map((each) => ({ ...each, translated_texts: null }));
  const said = pick(body, 'text', 'words', 'language_code', 'redact_pii');
  // Without speakers, `parseTranscript` would warn that they are missing, which the user knows already.
  const voices = utterances.length === 0 ? {} : pick(body, 'multichannel', 'speaker_labels');
  const { id, status } = body;
  return parseTranscript(withFindings({ ...said, ...voices, utterances, id, status }, understanding));
}

/** Names of speakers by label, where the response has names. */
export function namesIn({ response }: Understanding): ReadonlyMap<string, string> {
  const { identifiedSpeakers } = parseTranscript({ ...response, id: '', status: 'completed' }).results;
  return new Map([...identifiedSpeakers].filter(([label, name]) => label !== name));
}

function withFindings(body: TranscriptBody, { request, response }: Understanding): TranscriptBody {
  const earlier = readUnderstanding(body);
  const { response: found } = readUnderstanding(response);
  const utterances = withTranslations(body['utterances'], response['utterances']);
  return {
    ...body,
    ...(utterances.length > 0 && { utterances }),
    ...merged('translated_texts', body, response),
    speech_understanding: {
      ...readObject(body['speech_understanding']),
      request: { ...earlier.request, ...request },
      response: { ...earlier.response, ...found },
    },
  };
}

/**
 * The utterances with the translations of the response. Without utterances of the transcript, those of the response are
 * taken.
 */
function withTranslations(earlier: unknown, found: unknown): readonly JsonObject[] {
  const before = readObjects(earlier);
  const now = readObjects(found);
  if (before.length === 0) {
    return now;
  }
  return before.length === now.length
    ? before.map((utterance, at) => ({
        ...utterance,
        ...merged('translated_texts', utterance, now[at] ?? {}),
      }))
    : before;
}

function merged(name: string, before: JsonObject, now: JsonObject): JsonObject {
  return isJsonObject(now[name]) ? { [name]: { ...readObject(before[name]), ...now[name] } } : {};
}

function renamedIn(holder: JsonObject, name: string, names: ReadonlyMap<string, string>): JsonObject {
  const spoken = holder[name];
  return Array.isArray(spoken) ? { [name]: readObjects(spoken).map((each) => renamed(each, names)) } : {};
}

function renamed(spoken: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const { speaker } = spoken;
  const name = typeof speaker === 'string' ? names.get(speaker) : undefined;
  return name === undefined ? spoken : { ...spoken, speaker: name };
}
