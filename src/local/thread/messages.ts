import type { Recognition, RecognitionProgress, RecognitionTask } from '../jobs/recogniser';

/** What the recognition thread is told to do; orders are carried out one after the other. */
export interface Order {
  readonly id: number;
  readonly task: RecognitionTask;
  /** Shared memory, since a thread in the middle of its work takes no messages: not 0 in its first place means stop. */
  readonly cancel: Int32Array;
}

/** What the recognition thread says. An order that it dies of has no answer. */
export type Report = { readonly kind: 'loaded' } | OrderReport;

/** About the order with that id. */
export type OrderReport = { readonly id: number } & (
  | ({ readonly kind: 'progress' } & RecognitionProgress)
  | { readonly kind: 'recognised'; readonly recognition: Recognition }
  /** Nothing can be had of this recording; the message is for people. */
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'cancelled' }
);
