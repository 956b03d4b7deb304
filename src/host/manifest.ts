import { defaultNotePathTemplate } from '../core/note/notePath';
import { recordingExtensions } from '../core/recordings/formats';

// The typed home of every string that package.json declares and code uses. A unit test holds the two together.

/** Ids of the contributed commands. */
export const commandIds = [
  'steno.transcribe',
  'steno.transcribeFolder',
  'steno.transcribeSample',
  'steno.setApiKey',
  'steno.removeApiKey',
  'steno.showLog',
  'steno.openSettings',
] as const;

/** Id of a contributed command. */
export type CommandId = (typeof commandIds)[number];

/** Settings and their defaults, by key without the leading `steno.`. */
export const settingDefaults = {
  engine: 'ask',
  region: 'us',
  customBaseUrl: '',
  notePath: defaultNotePathTemplate,
  localIdleMinutes: 10,
} as const;

/** `when` part that is true on a recording, by its extension in any case. */
export const isRecordingClause = `resourceExtname =~ /^\\.(${recordingExtensions.join('|')})$/i`;
