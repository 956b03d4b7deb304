import { webLink } from '../markdown/linkDestination';
import { publicUrlOf } from '../recordings/audioUrl';

/**
 * The address of a recording on the web as its note shows it. Notes are shared and committed, so passwords, signatures
 * and tokens are removed, even if the link no longer leads to the recording then.
 */
export function addressInNote(url: string): string {
  const address = webLink(url) ?? url;
  return publicUrlOf(address) === undefined ? (address.split('?', 1)[0] ?? '') : address;
}
