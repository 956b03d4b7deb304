import * as path from 'node:path';

/** Whether a path is inside a folder, by their text. Both are absolute, with links followed. */
export function isBelow(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
}

/**
 * Whether a path of Windows leads to another host, or to a device, by its text: `\\host\share\talk.mp3`. Windows sends
 * that host the user's name and a hash of the password as soon as a program looks at the path.
 *
 * @param file absolute path
 * @param known absolute paths; their hosts and shares are in use already
 */
export function isOnOtherHost(file: string, known: readonly string[]): boolean {
  const root = shareOf(file);
  return root !== undefined && known.every((each) => shareOf(each) !== root);
}

function shareOf(file: string): string | undefined {
  const { root } = path.win32.parse(file.replaceAll('/', '\\'));
  return root.startsWith('\\\\') ? root.toLowerCase() : undefined;
}
