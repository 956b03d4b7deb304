import { isJsonObject, readObjects, type JsonObject } from '../core/json';

/** How an answer ends. */
export interface ChatEnd {
  /** Why it ends, in the terms of the model's maker, such as `stop` or `end_turn`; null where that is not known. */
  readonly finishReason: string | null;
  /** Whether it was cut because it reached the maximum length, which a model's unseen reasoning counts towards. */
  readonly isCut: boolean;
  /** Whether the model, or a filter of its maker, refused to answer or to go on. */
  readonly isRefused: boolean;
}

const cutReasons = /^(length|max_(output_)?tokens|model_context_window_exceeded)$/i;

/** What makers of models say: OpenAI `content_filter`, Anthropic `refusal`, Google `SAFETY` and the others. */
const refusalReasons =
  /^(content[_-]?filter(ed)?|refusal|refused|safety|recitation|blocklist|prohibited_content|spii|guardrail_intervened)$/i;

/** The text in the content of a message, which is a string or a list of parts, some of which have text. */
function contentText(content: unknown): string {
  if (typeof content === 'string') {
    return content;
  }
  return readObjects(content)
    .map(({ text, refusal }) => readString(text) || readString(refusal))
    .join('');
}

function readString(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Reads an answer in the format of OpenAI's chat completions: one JSON object, or the chunks of a stream. */
export class ChatAnswer {
  private finishReason: string | null = null;
  private hasRefusal = false;

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
    const piece = [delta, message].find(isJsonObject) ?? { content: text };
    const refusal = readString(piece['refusal']);
    this.hasRefusal ||= refusal !== '';
    return contentText(piece['content']) || refusal;
  }

  /** How the answer ends, by what was added so far. */
  get chatEnd(): ChatEnd {
    const finishReason = this.finishReason;
    return {
      finishReason,
      isCut: cutReasons.test(finishReason ?? ''),
      isRefused: this.hasRefusal || refusalReasons.test(finishReason ?? ''),
    };
  }
}
