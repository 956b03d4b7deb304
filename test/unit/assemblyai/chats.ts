import type { ChatEnd } from '../../../src/assemblyai/chatAnswer';
import type { ChatRequest } from '../../../src/assemblyai/gateway';

/** A question to a model that streams. */
export const streaming: ChatRequest = {
  model: 'gpt-5.2',
  messages: [
    { role: 'system', content: 'Be short.' },
    { role: 'user', content: 'What was decided?' },
  ],
  maxTokens: 500,
  streams: true,
};
/** A question to a model that does not stream. */
export const whole: ChatRequest = { ...streaming, model: 'claude-haiku-4-5-20251001', streams: false };

/** Reads an answer to its end. */
export interface Said {
  readonly pieces: readonly string[];
  readonly summary: ChatEnd;
}

export async function said(answer: AsyncGenerator<string, ChatEnd>): Promise<Said> {
  const pieces: string[] = [];
  for (;;) {
    const next = await answer.next();
    if (next.done === true) {
      return { pieces, summary: next.value };
    }
    pieces.push(next.value);
  }
}
