import { AudioError } from './sound';

export function notAudio(fileType: string, options?: ErrorOptions): AudioError {
  return new AudioError(
    'notAudio',
    `Transcoding failed. File does not appear to contain audio. File type is ${fileType}.`,
    options,
  );
}

export function withoutSound(): AudioError {
  return new AudioError(
    'notAudio',
    'Transcoding failed. File does not appear to contain audio. File type is video/* (a video without a sound track).',
  );
}

/** @param what the codec, container or protection, as people know it */
export function unsupported(what: string, options?: ErrorOptions): AudioError {
  return new AudioError(
    'unsupported',
    `${what} cannot be decoded on this machine. Transcribe it with AssemblyAI, or convert it to MP3, WAV or FLAC first.`,
    options,
  );
}

export function damaged(options?: ErrorOptions): AudioError {
  return new AudioError('damaged', 'Transcoding failed. File is damaged.', options);
}

export function tooShort(): AudioError {
  return new AudioError('tooShort', 'Audio duration is too short.');
}

/** Whether the disk or the system failed rather than the contents of a file. */
export function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
