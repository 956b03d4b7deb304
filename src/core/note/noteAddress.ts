import { publicUrlOf } from '../recordings/audioUrl';
import { webAddress } from '../markdown/linkDestination';

/**
 * The address of a recording on the web as its note has it: notes are shared and committed, so it is without what lets
 * others in, even where the link does not lead to the recording then.
 */
export function noteAddressOf(url: string): string {
  const address = webAddress(url) ?? url;
  return publicUrlOf(address) === undefined ? address.replace(/\?.*$/, '') : address;
}
