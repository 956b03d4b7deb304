import type { FailureKind } from './failure';
import type { Entry } from './entry';
import { asOneSentence, detail, kept, named, quoted, recording, service, subject, transcript } from './words';

/** What the service says of a recording. */
export const job = {
  noAudioTrack: {
    say: (failure) =>
      `${recording(failure)} has no sound track: choose one in which something can be heard${named(failure)}.`,
    remedies: [],
  },
  notMedia: {
    say: (failure) =>
      `${recording(failure)} is no audio or video that ${service(failure)} can read: check that it plays, or convert it${named(failure)}.`,
    remedies: ['showLog'],
  },
  downloadFailed: {
    say: (failure) =>
      `${service(failure)} could not fetch the recording: try again, so that it is uploaded anew${named(failure)}.`,
    remedies: ['retry', 'showLog'],
  },
  noRecordingAtUrl: {
    say: (failure) =>
      `${service(failure)} found no recording at ${subject(failure, 'that address')}: it has to be a direct link to an audio or video file that anybody may open, and no web page${named(failure)}.`,
    remedies: ['showLog'],
  },
  tooShort: {
    say: (failure) =>
      `${recording(failure)} is too short: ${service(failure)} needs at least 160 milliseconds${named(failure)}.`,
    remedies: [],
  },
  noSpeech: {
    say: (failure) =>
      `Nobody speaks in ${subject(failure, 'the recording')}: check that it is the right one${named(failure)}.`,
    remedies: [],
  },
  languageUncertain: {
    say: (failure) =>
      `${service(failure)} is not sure enough which language is spoken: check that it is the right recording, and that the speech is clear${named(failure)}.`,
    remedies: [],
  },
  tooLittleSpeech: {
    say: (failure) =>
      `${recording(failure)} holds less speech than was asked for: check that it is the right one${named(failure)}.`,
    remedies: [],
  },
  jobServerError: {
    say: (failure) =>
      `${service(failure)} failed on ${transcript(failure)} by an error of its own, which is not billed: try again in a few minutes.`,
    remedies: ['retry', 'showLog'],
  },
  jobFailed: {
    say: (failure) =>
      `${service(failure)} failed on ${transcript(failure)}, saying ${quoted(failure)}: the log has the details.`,
    remedies: ['showLog', 'retry'],
  },
} satisfies Partial<Record<FailureKind, Entry>>;

/** What can go wrong with the service on this machine. */
export const local = {
  localServerFailed: {
    say: (failure) =>
      `The speech server on this machine could not be started${detail(failure)}, saying ${quoted(failure)}: try again, and see the log if it stays so.`,
    remedies: ['retry', 'useAssemblyAi', 'showLog'],
  },
  beyondLocal: {
    say: (failure) =>
      `${recording(failure)} cannot be transcribed: ${asOneSentence(failure.message)}${named(failure)}.`,
    remedies: ['useAssemblyAi'],
  },
} satisfies Partial<Record<FailureKind, Entry>>;

/** What can go wrong with the user’s files. */
export const disk = {
  recordingMissing: {
    say: (failure) => `${recording(failure)} is no longer there: check whether it was moved or renamed.`,
    remedies: [],
  },
  recordingIsFolder: {
    say: (failure) => `${subject(failure, 'This')} is a folder: choose a recording inside it.`,
    remedies: [],
  },
  recordingLinkBroken: {
    say: (failure) =>
      `${subject(failure, 'This')} is a link to a file that does not exist: choose the recording itself, or mend the link.`,
    remedies: [],
  },
  notOnDisk: {
    say: (failure) =>
      `${subject(failure, 'This')} is not a file on a disk that Steno can read: copy it into a folder first.`,
    remedies: [],
  },
  recordingUnreadable: {
    // Without a code nothing failed: it is a pipe or a device, which will be one the next time, too.
    say: (failure) =>
      failure.code === undefined
        ? `${subject(failure, 'This')} is no ordinary file: choose an audio or video file.`
        : `${recording(failure)} cannot be read${detail(failure)}: check its permissions and the disk.`,
    remedies: (failure) => (failure.code === undefined ? [] : ['retry']),
  },
  recordingEmpty: {
    say: (failure) => `${recording(failure)} is empty: check that recording or copying it has finished.`,
    remedies: [],
  },
  recordingChanged: {
    say: (failure) =>
      `${recording(failure)} changed while it was being uploaded: wait until it is complete, then try again.`,
    remedies: ['retry'],
  },
  recordingIsText: {
    say: (failure) => `${recording(failure)} is a text file: choose an audio or video file.`,
    remedies: [],
  },
  recordingRefused: {
    // The words are those of `checkOptions`, which are made for people.
    say: (failure) =>
      `${recording(failure)} was not sent, since it would be refused: ${asOneSentence(failure.message)}.`,
    remedies: [],
  },
  askedOtherwise: {
    say: (failure) =>
      `${recording(failure)} was submitted before, with other options: collect or forget that job in the Transcripts view first, then transcribe it again.`,
    remedies: [],
  },
  alreadyRunning: {
    say: (failure) =>
      `Steno is at work on ${subject(failure, 'this recording')} already: wait for its note, or answer its question if there is one.`,
    remedies: [],
  },
  recordingGone: {
    say: (failure) =>
      `${recording(failure)} is no longer where it was, so its note is not written yet: put it back and try again, or have the note written without it${kept(failure)}.`,
    remedies: ['retry', 'writeNoteAnyway'],
  },
  recordingReplaced: {
    say: (failure) =>
      `${recording(failure)} has changed since it was transcribed, so its note is not written yet: put the earlier one back and try again, or have the note written all the same${kept(failure)}.`,
    remedies: ['retry', 'writeNoteAnyway'],
  },
  sidecarUnwritable: {
    say: (failure) =>
      `The transcript of ${subject(failure, 'the recording')} could not be saved beside it${detail(failure)}: check the folder and its free space, then try again${kept(failure)}.`,
    remedies: ['retry', 'showLog'],
  },
  interrupted: {
    say: (failure) =>
      `Work on ${subject(failure, 'the recording')} was interrupted when VS Code ended, and has to begin anew: try again to go on.`,
    remedies: ['retry'],
  },
  journalUnwritable: {
    // A job is submitted only after that was written down.
    say: (failure) =>
      `Steno could not write down how far ${subject(failure, 'the recording')} is${detail(failure)}: check the permissions and free space of the folder where VS Code keeps its data, then try again${kept(failure) === '' ? '; nothing was submitted' : kept(failure)}.`,
    remedies: ['retry', 'showLog'],
  },
  takenOver: {
    say: (failure) =>
      `Another window of VS Code has taken over ${subject(failure, 'the recording')}: wait for its note there, nothing is paid for twice.`,
    remedies: [],
  },
  noteUnwritable: {
    say: (failure) =>
      `${failure.subject === undefined ? 'The note' : `The note ${subject(failure, '')}`} could not be written${detail(failure)}: check the folder’s permissions and free space${kept(failure)}.`,
    remedies: ['retry', 'showLog'],
  },
  editRefused: {
    say: (failure) =>
      `VS Code did not let ${subject(failure, 'the note')} be changed: check whether it is read-only, then try again.`,
    remedies: ['retry'],
  },
  fileUnwritable: {
    say: (failure) =>
      failure.code === 'EEXIST'
        ? `${subject(failure, 'The file')} is there already, and Steno writes over nothing: move it away, then try again.`
        : `${subject(failure, 'The file')} could not be written${detail(failure)}: check the folder’s permissions and free space, then try again.`,
    remedies: ['retry', 'showLog'],
  },
} satisfies Partial<Record<FailureKind, Entry>>;
