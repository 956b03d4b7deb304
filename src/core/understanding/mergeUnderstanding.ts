import { isJsonObject, pick, readObject, readObjects, type JsonObject } from '../json';
import type { Transcript, TranscriptBody } from '../transcript/model';
import { parseTranscript } from '../transcript/parseTranscript';
import { readUnderstanding } from '../transcript/results/readResults';

/** What was asked of a finished transcript, and what the service answered. */
export interface Understanding {
  /** What stood under `speech_understanding.request`. */
  readonly request: JsonObject;
  readonly response: JsonObject;
}

/**
 * The transcript as it would be had all of this been asked for at once. Of the answer come the results, the names and the
 * translations; what was said stays what it was.
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

/** What was found, and nothing that the transcript had before; speakers keep their labels. */
export function findingsIn(body: TranscriptBody, understanding: Understanding): Transcript {
  const utterances = readObjects(body['utterances']).map((each) => ({ ...each, translated_texts: null }));
  const said = pick(body, 'text', 'words', 'language_code', 'redact_pii');
  // That speakers were asked for and not found is no news.
  const voices = utterances.length === 0 ? {} : pick(body, 'multichannel', 'speaker_labels');
  const { id, status } = body;
  return parseTranscript(withFindings({ ...said, ...voices, utterances, id, status }, understanding));
}

/** Names by label, of the speakers that the service knows now. */
export function namesIn({ response: answer }: Understanding): ReadonlyMap<string, string> {
  const { identifiedSpeakers } = parseTranscript({ ...answer, id: '', status: 'completed' }).results;
  return new Map([...identifiedSpeakers].filter(([label, name]) => label !== name));
}

function withFindings(body: TranscriptBody, { request, response: answer }: Understanding): TranscriptBody {
  const earlier = readUnderstanding(body);
  const { response } = readUnderstanding(answer);
  const utterances = withTranslations(body['utterances'], answer['utterances']);
  return {
    ...body,
    ...(utterances.length > 0 && { utterances }),
    ...merged('translated_texts', body, answer),
    speech_understanding: {
      ...readObject(body['speech_understanding']),
      request: { ...earlier.request, ...request },
      response: { ...earlier.response, ...response },
    },
  };
}

/** Where there is no transcript to go by, the answer's own utterances are all that is known of what was said. */
function withTranslations(known: unknown, answered: unknown): readonly JsonObject[] {
  const before = readObjects(known);
  const now = readObjects(answered);
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
