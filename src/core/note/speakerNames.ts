import { unknownSpeaker } from '../transcript/parseTranscript';

/** The name of a speaker without a real name: "Speaker A" for the label `A`, "Channel 1" for channel `1`. */
export function defaultSpeakerName(label: string): string {
  if (/^\d*[A-Z]$/.test(label)) {
    return `Speaker ${label}`;
  }
  return /^\d{1,2}$/.test(label) ? `Channel ${label}` : label;
}

/** Whether a speaker still has the default name. @param name the speaker's name in the note */
export function hasDefaultName(label: string, name: string): boolean {
  return !isNameLabel(label) && name === defaultSpeakerName(label);
}

/** Whether a label is a name, as it is after the service has identified the speakers. */
export function isNameLabel(label: string): boolean {
  return defaultSpeakerName(label) === label && label !== unknownSpeaker;
}
