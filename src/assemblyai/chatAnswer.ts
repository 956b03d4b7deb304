import { isJsonObject, readObjects, type JsonObject } from '../core/json';

/** What is known of an answer once it is complete. */
export interface ChatEnd {
  /** Why it ends, in the word of the model's maker, such as `stop` or `end_turn`; null where nobody said. */
  readonly finishReason: string | null;
  /** Whether it ends because it may not be longer. */
  readonly isCut: boolean;
}

/** The text in a message's content, which is a string, or parts of which some are text. */
function contentText(content: unknown): string {
  if (typeof content === 'string') {
    return content;
  }
  return readObjects(content)
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('');
}

/** An answer as it grows, from one piece of JSON or from many. */
export class ChatAnswer {
  private finishReason: string | null = null;

  /** Takes a chunk of a stream, or the whole answer. @returns the text in it */
  add(json: JsonObject): string {
    const choice = readObjects(json['choices'])[0];
    if (choice === undefined) {
      return '';
    }
    const { finish_reason: reason, delta, message, text } = choice;
    if (typeof reason === 'string' && reason !== '') {
      this.finishReason = reason;
    }
    const said = [delta, message].find(isJsonObject);
    return contentText(said === undefined ? text : said['content']);
  }

  get chatEnd(): ChatEnd {
    const finishReason = this.finishReason;
    const isCut = finishReason !== null && /^(length|max_(output_)?tokens)$/i.test(finishReason);
    return { finishReason, isCut };
  }
}
