import { readText, readTexts, type JsonObject } from '../../../src/core/json';
import { englishes } from '../../../src/core/request/schema/languages';
import { modelLanguages } from '../../../src/core/request/schema/speechModels';
import { retiredModels } from '../../../src/local/api/submitRefusal';

const current = 'assemblyai-stt-3-7';
const broad = 'universal-2';

/** The model that runs instead of a retired one. */
const replacementOf = (model: string): string => (retiredModels.includes(model) ? current : model);

const knows = (model: string, language: string): boolean =>
  (modelLanguages as Readonly<Record<string, readonly string[]>>)[model]?.includes(language) ?? true;

/** Parameters in which retired models are replaced. */
export function withoutRetired(parameters: JsonObject): JsonObject {
  const { speech_models: models } = parameters;
  return Array.isArray(models)
    ? { ...parameters, speech_models: models.map((model: unknown) => replacementOf(String(model))) }
    : parameters;
}

/**
 * The fields that say which model ran: the first that knows the language, or universal-2 where none does. That this also
 * holds for assemblyai-stt-3-7 is not known. The warnings are those that AssemblyAI wrote in September 2026.
 *
 * @param defaultModel runs where the parameters name none
 */
export function modelResults(parameters: JsonObject, results: JsonObject, defaultModel: string): JsonObject {
  const listed = readTexts(parameters['speech_models']).map(replacementOf);
  const models = listed.length === 0 ? [defaultModel] : listed;
  const language = readText(parameters['language_code'] ?? results['language_code']) || 'en';
  const able = models.find((model) => knows(model, language));
  const used = able ?? broad;
  const warnings = [
    ...(able === undefined ? [fallbackText(language, models.join(', '))] : []),
    ...(used === broad ? broadWarnings(parameters, language) : []),
    ...(able === broad && !models.includes(current) ? [advertisement] : []),
  ];
  return { speech_model_used: used, metadata: metadataWith(warnings, parameters['domain']) };
}

function metadataWith(warnings: readonly string[], domain: unknown): JsonObject | null {
  return warnings.length === 0
    ? null
    : { domain_used: domain ?? null, warnings: warnings.map((message) => ({ message })) };
}

/** The warnings about parameters of universal-2. */
function broadWarnings({ keyterms_prompt: terms }: JsonObject, language: string): readonly string[] {
  return terms !== undefined && !englishes.includes(language) ? [droppedText] : [];
}

function fallbackText(language: string, model: string): string {
  const models = JSON.stringify([model, broad]);
  return `'${language}' is not supported in ${model} — transcription is handled by ${broad}. To silence this warning, set speech_models: ${models}.`;
}

const droppedText = `\`keyterms_prompt\` was not applied because it is only supported for the following languages when using the ${broad} speech_model: en, en_au, en_uk, en_us.`;

const advertisement = `For highest accuracy and broadest language coverage: set "speech_models" to ["${current}", "${broad}"]`;
