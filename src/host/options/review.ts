import { draftedRequest, type OptionsDraft, type DraftSuggestions } from '../../core/request/optionsDraft';
import { destinationText } from '../../core/request/destination';
import { isError, type OptionProblem } from '../../core/request/rules/optionProblem';
import { problemsFor, type NamedRecording } from '../../core/request/recordingProblems';
import type { Instructions } from '../../core/request/request';
import { reviewLines, type ReviewField } from '../../core/request/reviewSheet';
import { webhookHostIn } from '../keys/webhookSecrets';
import { mention } from '../platform/messages';
import { openSettings, readBaseUrl, readDeleteAfterSaving } from '../platform/settings';
import { saveAsPreset } from './presetSettings';
import { askQuestion, type Asked } from './optionPrompts';
import { pickOne, plain, separator, type Choice } from '../platform/quickPicks';
import { askForSecretOf } from './webhookPrompts';
import type { Place } from './chooseEngine';

/** What the review is about. */
export interface Reviewed extends Asked {
  /** The recording's name, or how many there are. */
  readonly title: string;
  readonly recordings: readonly NamedRecording[];
  readonly offered: DraftSuggestions;
  readonly place: Place;
}

/** What can be done on the sheet: go, change something, look at the settings, take a preset home, or look once more. */
type Step = ReviewField | 'go' | 'settings' | 'save' | 'nothing';

/**
 * Shows all answers, and lets the user change them one by one.
 *
 * @returns `back` when the sheet was closed; undefined when the user went elsewhere
 */
export async function review(
  start: OptionsDraft,
  reviewed: Reviewed,
): Promise<Instructions | 'back' | undefined> {
  let draft = start;
  for (;;) {
    const step = await showSheet(draft, reviewed);
    switch (step) {
      case undefined:
        return 'back';
      case 'settings':
        await openSettings();
        return undefined;
      case 'save':
        if (await saveAsPreset(draft, reviewed.offered)) {
          return undefined;
        }
        break;
      case 'nothing':
        break;
      case 'go': {
        const instructions = await settle(draft, reviewed);
        if (instructions !== undefined) {
          return instructions;
        }
        break;
      }
      default:
        draft = await askQuestion(step, draft, reviewed);
    }
  }
}

/** What is sent, once everything for it is there; undefined when the user did not give it, or it would be refused. */
async function settle(
  draft: OptionsDraft,
  { recordings, secrets }: Reviewed,
): Promise<Instructions | undefined> {
  const { instructions } = draftedRequest(draft);
  const error = problemsFor(instructions.options, recordings).find(isError);
  if (error !== undefined) {
    // The sheet stays, with the answers: another one may mend it.
    mention(`Nothing was sent: ${error.message}`);
    return undefined;
  }
  const isReady =
    !(await secrets.isMissing(instructions.options)) || (await askForSecretOf(instructions.options, secrets));
  return isReady ? instructions : undefined;
}

async function showSheet(draft: OptionsDraft, reviewed: Reviewed): Promise<Step | undefined> {
  const { title, place, recordings, secrets } = reviewed;
  const { options } = draftedRequest(draft).instructions;
  const lines = reviewLines(draft, {
    isLocal: place === 'local',
    isAlwaysDeleted: readDeleteAfterSaving(),
    webhookHost: webhookHostIn(options),
    isSecretMissing: await secrets.isMissing(options),
  });
  const problems = problemsFor(options, recordings);
  const choices: readonly Choice<Step>[] = [
    { value: 'go', label: '$(play) Transcribe' },
    placeChoice(place),
    ...(problems.length === 0 ? [] : [separator<Step>('to be known', 'nothing')]),
    ...problems.map(problemChoice),
    separator<Step>('options', 'nothing'),
    ...lines.map(({ field, label, value, detail }) => ({
      value: field,
      label,
      description: plain(value),
      ...(detail !== '' && { detail: plain(detail, longestDetail) }),
    })),
    ...(place === 'local' ? [] : [separator<Step>('', 'nothing'), more]),
  ];
  const name = place === 'local' ? 'On this machine' : draft.preset.name;
  return pickOne(`${name}: ${title}`, 'Enter transcribes; choose a line to change it', choices);
}

const longestDetail = 300;

const more: Choice<Step> = {
  value: 'save',
  label: '$(json) More…',
  description: 'save as a preset, and edit it with every parameter that there is',
};

function placeChoice(place: Place): Choice<Step> {
  return place === 'local'
    ? { value: 'nothing', label: '$(device-desktop) Stays on this machine' }
    : {
        value: 'settings',
        label: `$(globe) Goes to ${plain(destinationText(readBaseUrl().origin))}`,
        description: 'steno.region in the settings changes that',
      };
}

function problemChoice(problem: OptionProblem): Choice<Step> {
  const { parameter, message } = problem;
  return {
    value: 'nothing',
    label: `$(${isError(problem) ? 'error' : 'warning'}) ${plain(parameter)}`,
    detail: plain(message, longestDetail),
  };
}
