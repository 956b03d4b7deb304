import { unknownSpeaker } from '../transcript/parseTranscript';

/** What a label is called as long as nobody has named it: `A` is "Speaker A", channel `1` is "Channel 1". */
export function defaultSpeakerName(label: string): string {
  if (/^\d*[A-Z]$/.test(label)) {
    return `Speaker ${label}`;
  }
  return /^\d{1,2}$/.test(label) ? `Channel ${label}` : label;
}

/** Whether nobody has named the speaker of that label, whom a note calls so. */
export function hasDefaultName(label: string, called: string): boolean {
  return !isNameLabel(label) && called === defaultSpeakerName(label);
}

/** Whether the label is a name already, as it is after the service has identified the speakers. */
export function isNameLabel(label: string): boolean {
  return defaultSpeakerName(label) === label && label !== unknownSpeaker;
}
