import { defaultNotePathTemplate } from '../../core/note/notePath';
import { sectionNames } from '../../core/note/sections/sectionNames';
import { recordingExtensions } from '../../core/recordings/formats';
import type { JobAction } from '../../core/jobs/jobEntry';
import { listPrice } from '../../core/request/estimate';

// The typed home of every string that package.json declares and code uses. A unit test holds the two together.

/** Ids of the contributed commands that are about jobs. */
const jobCommandIds = [
  'steno.retryJob',
  'steno.continueJob',
  'steno.collectJob',
  'steno.cancelJob',
  'steno.openNote',
  'steno.revealRecording',
  'steno.showFailure',
  'steno.forgetJob',
  'steno.clearDone',
  'steno.showTranscripts',
] as const;

/** Id of a contributed command that is about jobs. */
export type JobCommandId = (typeof jobCommandIds)[number];

/** The commands that are done to a job, and on which jobs each is offered. */
export const jobActions: Readonly<Record<JobAction, JobCommandId>> = {
  retry: 'steno.retryJob',
  continue: 'steno.continueJob',
  collect: 'steno.collectJob',
  cancel: 'steno.cancelJob',
  open: 'steno.openNote',
  reveal: 'steno.revealRecording',
  explain: 'steno.showFailure',
  forget: 'steno.forgetJob',
};

/** Id of the view *Transcripts*. */
export const viewId = 'steno.transcripts';

/** `when` part that is true on a job, in the view *Transcripts*, to which that can be done. */
export function isJobClause(action: JobAction): string {
  return `view == ${viewId} && viewItem =~ /\\b${action}\\b/`;
}

/** Ids of the contributed commands. */
export const commandIds = [
  'steno.transcribe',
  'steno.transcribeFolder',
  'steno.transcribeSample',
  'steno.transcribeWithOptions',
  'steno.transcribeUrl',
  'steno.editPresets',
  'steno.setWebhookSecret',
  'steno.removeWebhookSecret',
  'steno.showHistory',
  'steno.fetchTranscript',
  'steno.refetchTranscript',
  'steno.retryFollowUps',
  'steno.askTranscript',
  'steno.summarizeTranscript',
  'steno.understandTranscript',
  'steno.searchTranscript',
  'steno.searchTranscripts',
  'steno.saveSubtitles',
  'steno.setApiKey',
  'steno.removeApiKey',
  'steno.showLog',
  'steno.openSettings',
  ...jobCommandIds,
] as const;

/** Id of a contributed command. */
export type CommandId = (typeof commandIds)[number];

/** Names of the contributed tools for language models. */
export const toolNames = ['steno_transcribe', 'steno_readTranscript'] as const;

/** Name of a contributed tool for language models. */
export type ToolName = (typeof toolNames)[number];

/** Settings and their defaults, by key without the leading `steno.`. */
export const settingDefaults = {
  engine: 'ask',
  region: 'us',
  customBaseUrl: '',
  notePath: defaultNotePathTemplate,
  localIdleMinutes: 10,
  jobsAtOnce: 4,
  uploadSoundOnly: true,
  askAboveMinutes: 60,
  pricePerHour: listPrice.perHour,
  presets: {},
  people: [],
  // Each by name, since the settings editor shows what is not named as switched off.
  noteSections: Object.fromEntries(sectionNames.map((name) => [name, true])),
  translations: 'section',
  deleteAfterSaving: false,
} as const;

/** `when` part that is true on a recording, by its extension in any case. */
export const isRecordingClause = `resourceExtname =~ /^\\.(${recordingExtensions.join('|')})$/i`;

/** `when` part that is true on a note or a translation of one, by the name that notes have unless the settings say otherwise. */
export const isNoteClause = 'resourceFilename =~ /\\.transcript(-\\d+)?(\\.[\\w-]+)?\\.md$/i';
