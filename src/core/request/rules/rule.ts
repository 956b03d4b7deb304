import type { JsonObject } from '../../json';
import type { OptionProblem, RecordingFacts } from './optionProblem';
import { holds, type Condition } from './conditions';

/** Something about several parameters, or about the recording, that options can break. */
export interface Rule extends OptionProblem {
  /** Tells it from the other rules. */
  readonly name: string;
  /** What options are like that break it. The parameter is then among them. A JSON schema cannot say what is a function. */
  readonly breaks: Condition | ((options: JsonObject, recording: RecordingFacts) => boolean);
}

export function isBroken({ breaks }: Rule, options: JsonObject, recording: RecordingFacts): boolean {
  return typeof breaks === 'function' ? breaks(options, recording) : holds(breaks, options);
}
