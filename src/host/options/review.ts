import { draftedRequest, type OptionsDraft, type DraftSuggestions } from '../../core/request/optionsDraft';
import { destinationText } from '../../core/request/destination';
import { isError, type OptionProblem } from '../../core/request/rules/optionProblem';
import { problemsFor, type NamedRecording } from '../../core/request/recordingProblems';
import type { Instructions } from '../../core/request/request';
import { reviewLines, type ReviewField } from '../../core/request/reviewSheet';
import { webhookHostIn } from '../keys/webhookSecrets';
import { showInStatusBar } from '../platform/userMessages';
import { openSettings, readBaseUrl, readDeleteAfterSaving } from '../platform/settings';
import { saveAsPreset } from './presetSettings';
import { showPrompt, type PromptContext } from './optionPrompts';
import { pickOne, plainText, separator, type Choice } from '../platform/quickPicks';
import { promptForSecret } from './webhookPrompts';
import type { ChosenEngine } from './chooseEngine';

/** What the review of a draft needs. */
export interface ReviewPromptContext extends PromptContext {
  /** The name of the recording, or how many there are. */
  readonly title: string;
  readonly recordings: readonly NamedRecording[];
  readonly offered: DraftSuggestions;
  readonly engine: ChosenEngine;
}

/** What the user chose on the sheet: an option to change, `go` to transcribe, or another line. */
type Step = ReviewField | 'go' | 'settings' | 'save' | 'nothing';

/**
 * Shows the options of a draft on a sheet and lets the user change them one by one.
 *
 * @returns `back` when the sheet was closed; undefined when the user went to the settings
 */
export async function reviewDraft(
  start: OptionsDraft,
  context: ReviewPromptContext,
): Promise<Instructions | 'back' | undefined> {
  let draft = start;
  for (;;) {
    const step = await showSheet(draft, context);
    switch (step) {
      case undefined:
        return 'back';
      case 'settings':
        await openSettings();
        return undefined;
      case 'save':
        if (await saveAsPreset(draft, context.offered)) {
          return undefined;
        }
        break;
      case 'nothing':
        break;
      case 'go': {
        const instructions = await instructionsOf(draft, context);
        if (instructions !== undefined) {
          return instructions;
        }
        break;
      }
      default:
        draft = await showPrompt(step, draft, context);
    }
  }
}

/** The instructions of a draft; undefined when they have an error, or when the user did not enter a missing secret. */
async function instructionsOf(
  draft: OptionsDraft,
  { recordings, secrets }: ReviewPromptContext,
): Promise<Instructions | undefined> {
  const { instructions } = draftedRequest(draft);
  const error = problemsFor(instructions.options, recordings).find(isError);
  if (error !== undefined) {
    // The sheet opens again with the draft, so that the user can fix it.
    showInStatusBar(`Nothing was sent: ${error.message}`);
    return undefined;
  }
  const isReady =
    !(await secrets.isMissing(instructions.options)) ||
    (await promptForSecret(instructions.options, secrets));
  return isReady ? instructions : undefined;
}

async function showSheet(draft: OptionsDraft, context: ReviewPromptContext): Promise<Step | undefined> {
  const { title, engine, recordings, secrets } = context;
  const { options } = draftedRequest(draft).instructions;
  const lines = reviewLines(draft, {
    isLocal: engine === 'local',
    isAlwaysDeleted: readDeleteAfterSaving(),
    webhookHost: webhookHostIn(options),
    isSecretMissing: await secrets.isMissing(options),
  });
  const problems = problemsFor(options, recordings);
  const choices: readonly Choice<Step>[] = [
    { value: 'go', label: '$(play) Transcribe' },
    engineChoice(engine),
    ...(problems.length === 0 ? [] : [separator<Step>('problems', 'nothing')]),
    ...problems.map(problemChoice),
    separator<Step>('options', 'nothing'),
    ...lines.map(({ field: question, label, value: answer, detail }) => ({
      value: question,
      label,
      description: plainText(answer),
      ...(detail !== '' && { detail: plainText(detail, longestDetail) }),
    })),
    ...(engine === 'local' ? [] : [separator<Step>('', 'nothing'), more]),
  ];
  const name = engine === 'local' ? 'On this machine' : draft.preset.name;
  return pickOne(`${name}: ${title}`, 'Press Enter to transcribe, or select an option to change it', choices);
}

const longestDetail = 300;

const more: Choice<Step> = {
  value: 'save',
  label: '$(json) More…',
  description: 'save as a preset and edit all parameters',
};

function engineChoice(engine: ChosenEngine): Choice<Step> {
  return engine === 'local'
    ? { value: 'nothing', label: '$(device-desktop) Stays on this machine' }
    : {
        value: 'settings',
        label: `$(globe) Goes to ${plainText(destinationText(readBaseUrl().origin))}`,
        description: 'change this with the setting steno.region',
      };
}

function problemChoice(problem: OptionProblem): Choice<Step> {
  const { parameter, message } = problem;
  return {
    value: 'nothing',
    label: `$(${isError(problem) ? 'error' : 'warning'}) ${plainText(parameter)}`,
    detail: plainText(message, longestDetail),
  };
}
