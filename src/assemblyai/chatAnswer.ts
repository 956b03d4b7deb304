import { isJsonObject, readObjects, type JsonObject } from '../core/json';

/** How an answer ends. */
export interface ChatEnd {
  /** Why it ends, in the terms of the model's maker, such as `stop` or `end_turn`; null where that is not known. */
  readonly finishReason: string | null;
  /** Whether it was cut because it reached the maximum length. */
  readonly isCut: boolean;
}

/** The text in the content of a message, which is a string or a list of parts, some of which have text. */
function contentText(content: unknown): string {
  if (typeof content === 'string') {
    return content;
  }
  return readObjects(content)
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('');
}

/** Reads an answer in the format of OpenAI's chat completions: one JSON object, or the chunks of a stream. */
export class ChatAnswer {
  private finishReason: string | null = null;

  /** Adds a chunk of a stream, or the whole answer. @returns the text in it */
  add(json: JsonObject): string {
    const choice = readObjects(json['choices'])[0];
    if (choice === undefined) {
      return '';
    }
    const { finish_reason: reason, delta, message, text } = choice;
    if (typeof reason === 'string' && reason !== '') {
      this.finishReason = reason;
    }
    const content = [delta, message].find(isJsonObject);
    return contentText(content === undefined ? text : content['content']);
  }

  /** How the answer ends, by what was added so far. */
  get chatEnd(): ChatEnd {
    const finishReason = this.finishReason;
    const isCut = finishReason !== null && /^(length|max_(output_)?tokens)$/i.test(finishReason);
    return { finishReason, isCut };
  }
}
