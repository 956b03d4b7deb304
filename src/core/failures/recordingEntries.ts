import type { FailureKind } from './failure';
import type { FailureEntry } from './failureEntry';
import {
  adviceForPlace,
  asOneSentence,
  bracketedCode,
  bracketedId,
  keptTranscriptText,
  quotedMessage,
  remediesForPlace,
  serviceOf,
  subjectOr,
  theRecording,
  transcriptWithId,
} from './phrases';

/** Entries for jobs that failed at the service because of their recording. */
export const jobEntries = {
  noAudioTrack: {
    say: (failure) =>
      `${theRecording(failure)} has no sound track: choose one in which something can be heard${bracketedId(failure)}.`,
    remedies: [],
  },
  notMedia: {
    say: (failure) =>
      `${theRecording(failure)} is not an audio or video file that ${serviceOf(failure)} can read: check that it plays, or convert it${bracketedId(failure)}.`,
    remedies: ['showLog'],
  },
  downloadFailed: {
    say: (failure) =>
      `${serviceOf(failure)} could not fetch the recording: try again with a new upload${bracketedId(failure)}.`,
    remedies: ['retry', 'showLog'],
  },
  noRecordingAtUrl: {
    say: (failure) =>
      `${serviceOf(failure)} found no recording at ${subjectOr(failure, 'that address')}: it has to be a direct link to an audio or video file that anyone can open, not a web page${bracketedId(failure)}.`,
    remedies: ['showLog'],
  },
  tooShort: {
    say: (failure) =>
      `${theRecording(failure)} is too short: ${serviceOf(failure)} needs at least 160 milliseconds${bracketedId(failure)}.`,
    remedies: [],
  },
  noSpeech: {
    say: (failure) =>
      `No speech was found in ${subjectOr(failure, 'the recording')}: check that it is the right one${bracketedId(failure)}.`,
    remedies: [],
  },
  languageUncertain: {
    say: (failure) =>
      `${serviceOf(failure)} is not sure enough which language is spoken: check that it is the right recording, and that the speech is clear${bracketedId(failure)}.`,
    remedies: [],
  },
  tooLittleSpeech: {
    say: (failure) =>
      `${theRecording(failure)} contains less speech than required: check that it is the right one${bracketedId(failure)}.`,
    remedies: [],
  },
  jobServerError: {
    say: (failure) =>
      `${serviceOf(failure)} had an internal error while processing ${transcriptWithId(failure)}, which is not billed: try again in a few minutes.`,
    remedies: ['retry', 'showLog'],
  },
  jobFailed: {
    say: (failure) =>
      `${serviceOf(failure)} failed on ${transcriptWithId(failure)}, saying ${quotedMessage(failure)}: the log has the details.`,
    remedies: ['showLog', 'retry'],
  },
} satisfies Partial<Record<FailureKind, FailureEntry>>;

/** Entries for the speech server on this machine. */
export const localEntries = {
  localServerFailed: {
    say: (failure) =>
      `The speech server on this machine could not be started${bracketedCode(failure)}, saying ${quotedMessage(failure)}: try again, and see the log if the problem persists.`,
    remedies: ['retry', 'useAssemblyAi', 'showLog'],
  },
  beyondLocal: {
    say: (failure) =>
      `${theRecording(failure)} cannot be transcribed: ${asOneSentence(failure.message)}${bracketedId(failure)}.`,
    remedies: ['useAssemblyAi'],
  },
} satisfies Partial<Record<FailureKind, FailureEntry>>;

/** Entries for files on disk: recordings, notes, sidecars and the journal. */
export const diskEntries = {
  recordingMissing: {
    say: (failure) => `${theRecording(failure)} is no longer there: check whether it was moved or renamed.`,
    remedies: [],
  },
  recordingIsFolder: {
    say: (failure) => `${subjectOr(failure, 'This')} is a folder: choose a recording inside it.`,
    remedies: [],
  },
  recordingLinkBroken: {
    say: (failure) =>
      `${subjectOr(failure, 'This')} is a link to a file that does not exist: choose the recording itself, or fix the link.`,
    remedies: [],
  },
  notOnDisk: {
    say: (failure) =>
      `${subjectOr(failure, 'This')} is not a file on a disk that Steno can read: copy it into a folder first.`,
    remedies: [],
  },
  recordingUnreadable: {
    // Without an error code it is a pipe or a device, so another try is useless.
    say: (failure) =>
      failure.code === undefined
        ? `${subjectOr(failure, 'This')} is not a regular file: choose an audio or video file.`
        : `${theRecording(failure)} cannot be read${bracketedCode(failure)}: ${failure.code === 'ENAMETOOLONG' ? 'its name or path is too long, so rename or move it' : 'check its permissions and the disk'}.`,
    remedies: ({ code }) => (code === undefined || code === 'ENAMETOOLONG' ? [] : ['retry']),
  },
  recordingEmpty: {
    say: (failure) => `${theRecording(failure)} is empty: check that recording or copying it has finished.`,
    remedies: [],
  },
  recordingChanged: {
    say: (failure) =>
      `${theRecording(failure)} changed while it was being uploaded: wait until it is complete, then try again.`,
    remedies: ['retry'],
  },
  recordingIsText: {
    say: (failure) => `${theRecording(failure)} is a text file: choose an audio or video file.`,
    remedies: [],
  },
  recordingRefused: {
    // The message is a sentence of `checkOptions`, which users can read.
    say: (failure) =>
      `${theRecording(failure)} was not sent, since it would be refused: ${asOneSentence(failure.message)}.`,
    remedies: [],
  },
  askedOtherwise: {
    say: (failure) =>
      `${theRecording(failure)} was submitted before, with other options: collect or forget that job in the Transcripts view first, then transcribe it again.`,
    remedies: [],
  },
  alreadyRunning: {
    say: (failure) =>
      `Steno is already working on ${subjectOr(failure, 'this recording')}: wait for its note, or answer its question if there is one.`,
    remedies: [],
  },
  recordingGone: {
    say: (failure) =>
      `${theRecording(failure)} is no longer where it was, so its note is not written yet: put it back and try again, or have the note written without it${keptTranscriptText(failure)}.`,
    remedies: ['retry', 'writeNoteAnyway'],
  },
  recordingReplaced: {
    say: (failure) =>
      `${theRecording(failure)} has changed since it was transcribed, so its note is not written yet: put the earlier one back and try again, or have the note written anyway${keptTranscriptText(failure)}.`,
    remedies: ['retry', 'writeNoteAnyway'],
  },
  sidecarUnwritable: {
    say: (failure) =>
      `The transcript of ${subjectOr(failure, 'the recording')} could not be saved beside it${bracketedCode(failure)}: ${adviceForPlace(failure)}, then try again${keptTranscriptText(failure)}.`,
    remedies: remediesForPlace,
  },
  interrupted: {
    say: (failure) =>
      `Work on ${subjectOr(failure, 'the recording')} was interrupted when VS Code ended, and has to start over: try again to continue.`,
    remedies: ['retry'],
  },
  journalUnwritable: {
    // A job is written to the journal before it is submitted.
    say: (failure) =>
      `Steno could not save the progress of ${subjectOr(failure, 'the recording')}${bracketedCode(failure)}: check the permissions and free space of the folder where VS Code keeps its data, then try again${keptTranscriptText(failure) === '' ? '; nothing was submitted' : keptTranscriptText(failure)}.`,
    remedies: ['retry', 'showLog'],
  },
  takenOver: {
    say: (failure) =>
      `Another window of VS Code has taken over ${subjectOr(failure, 'the recording')}: wait for its note there; nothing is paid for twice.`,
    remedies: [],
  },
  noteUnwritable: {
    say: (failure) =>
      `${failure.subject === undefined ? 'The note' : `The note ${subjectOr(failure, '')}`} could not be written${bracketedCode(failure)}: ${adviceForPlace(failure)}${keptTranscriptText(failure)}.`,
    remedies: remediesForPlace,
  },
  editRefused: {
    say: (failure) =>
      `VS Code did not let ${subjectOr(failure, 'the note')} be changed: check whether it is read-only, then try again.`,
    remedies: ['retry'],
  },
  fileUnwritable: {
    say: (failure) =>
      failure.code === 'EEXIST'
        ? `${subjectOr(failure, 'The file')} already exists, and Steno does not overwrite files: move it away, then try again.`
        : `${subjectOr(failure, 'The file')} could not be written${bracketedCode(failure)}: ${adviceForPlace(failure)}, then try again.`,
    remedies: remediesForPlace,
  },
} satisfies Partial<Record<FailureKind, FailureEntry>>;
