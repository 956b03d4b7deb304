import { publicUrlOf } from '../recordings/audioUrl';
import { webLink } from '../markdown/linkDestination';

/**
 * The address of a recording on the web as its note has it: notes are shared and committed, so it is without what lets
 * others in, even where the link does not lead to the recording then.
 */
export function addressInNote(url: string): string {
  const address = webLink(url) ?? url;
  return publicUrlOf(address) === undefined ? address.replace(/\?.*$/, '') : address;
}
