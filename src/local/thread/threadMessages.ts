import type { RecognisedRecording } from '../recognition/recognisedSpeech';
import type { RecognitionProgress, RecognitionTask } from '../recognition/recogniser';

/** Sent to the recognition thread: a task to carry out. Tasks are carried out one after another. */
export interface TaskMessage {
  readonly id: number;
  readonly task: RecognitionTask;
  /** Shared memory, because a busy thread does not receive messages: any value but 0 in its first element means stop. */
  readonly cancel: Int32Array;
}

/** Sent by the recognition thread: its models are loaded, or a report. If a task kills the thread, no final report comes. */
export type ThreadMessage = { readonly kind: 'loaded' } | TaskReport;

/** A report about the task with this id. Every kind except `progress` is the last report about a task. */
export type TaskReport = { readonly id: number } & (
  | ({ readonly kind: 'progress' } & RecognitionProgress)
  | { readonly kind: 'recognised'; readonly recording: RecognisedRecording }
  /** The recording cannot be recognised; the message is a sentence for the user. */
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'cancelled' }
);
