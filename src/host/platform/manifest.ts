import { defaultNotePathTemplate } from '../../core/note/notePath';
import { sectionNames } from '../../core/note/sections/sectionNames';
import { recordingExtensions } from '../../core/recordings/recordingNames';
import type { JobAction } from '../../core/jobs/jobEntry';
import { listPrice } from '../../core/request/estimate';

// The typed home of every string that package.json declares and code uses. A unit test checks that the two agree.

/** Ids of the commands that act on jobs. */
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

/** Id of a command that acts on jobs. */
export type JobCommandId = (typeof jobCommandIds)[number];

/** The command for each action on a job. */
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

/** `when` clause for the jobs in the view *Transcripts* that allow an action. */
export function isJobClause(action: JobAction): string {
  return `view == ${viewId} && viewItem =~ /\\b${action}\\b/`;
}

/** Ids of all commands that package.json contributes. */
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

/** Id of a command that package.json contributes. */
export type CommandId = (typeof commandIds)[number];

/** Names of the language model tools that package.json contributes. */
export const toolNames = ['steno_transcribe', 'steno_readTranscript'] as const;

/** Name of a language model tool that package.json contributes. */
export type ToolName = (typeof toolNames)[number];

/** Defaults of the settings, by key without the leading `steno.`. */
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
  // Each one by name: the settings editor shows a section without a default as switched off.
  noteSections: Object.fromEntries(sectionNames.map((name) => [name, true])),
  translations: 'section',
  deleteAfterSaving: false,
} as const;

/** `when` clause for recordings: by extension, in upper or lower case. */
export const isRecordingClause = `resourceExtname =~ /^\\.(${recordingExtensions.join('|')})$/i`;

/** `when` clause for notes and their translations: by the file names that the default of `steno.notePath` gives them. */
export const isNoteClause = 'resourceFilename =~ /\\.transcript(-\\d+)?(\\.[\\w-]+)?\\.md$/i';
