import { unknownSpeaker } from '../transcript/parseTranscript';

/** What a label is called as long as nobody has named it: `A` is "Speaker A", channel `1` is "Channel 1". */
export function speakerName(label: string): string {
  if (/^\d*[A-Z]$/.test(label)) {
    return `Speaker ${label}`;
  }
  return /^\d{1,2}$/.test(label) ? `Channel ${label}` : label;
}

/** Whether nobody has named the speaker of that label, whom a note calls so. */
export function isUnnamed(label: string, called: string): boolean {
  return !isName(label) && called === speakerName(label);
}

/** Whether the label is a name already, as it is after the service has identified the speakers. */
export function isName(label: string): boolean {
  return speakerName(label) === label && label !== unknownSpeaker;
}
