/**
 * File name extensions of recordings in lower case, without the dot. Most are from AssemblyAI's list of audio and video
 * formats; 3gp, mka and mkv are from its command line tool. They are for menus and pickers, since the service itself
 * goes by the content of a file.
 *
 * `ts` is missing on purpose: in an editor it is TypeScript far more often than an MPEG transport stream.
 */
export const recordingExtensions: readonly string[] = [
  '3ga 8svx aac ac3 aif aiff alac amr ape au dss flac flv m4a m4b m4p m4r mka mp3 mpga ogg oga mogg opus qcp tta voc',
  'wav wma wv 3gp webm mkv mts m2ts mov mp2 mp4 m4v mxf',
].flatMap((names) => names.split(' '));

/** Extensions of videos whose sound can be extracted without decoding it. */
const videoExtensions: readonly string[] = ['3gp', 'webm', 'mkv', 'mov', 'mp4', 'm4v'];

/** Whether a file name has the extension of a recording, in upper or lower case. */
export function isRecordingName(fileName: string): boolean {
  return hasExtension(fileName, recordingExtensions);
}

/** Whether a file name has the extension of a video whose sound can be sent alone. */
export function isVideoName(fileName: string): boolean {
  return hasExtension(fileName, videoExtensions);
}

function hasExtension(fileName: string, extensions: readonly string[]): boolean {
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase();
  return extension !== undefined && extensions.includes(extension);
}
