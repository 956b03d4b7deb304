import type { JsonObject } from '../../json';
import { holds, type Condition } from './conditions';
import type { OptionProblem, RecordingFacts } from './optionProblem';

/** A rule about several parameters, or about the recording, with the problem that it reports. */
export interface Rule extends OptionProblem {
  /** A unique name, for tests. */
  readonly name: string;
  /**
   * Which options break the rule; they contain `parameter`. A function cannot become part of the JSON schema for VS
   * Code.
   */
  readonly brokenBy: Condition | ((options: JsonObject, recording: RecordingFacts) => boolean);
}

/** Whether options break a rule. */
export function isBroken({ brokenBy }: Rule, options: JsonObject, recording: RecordingFacts): boolean {
  return typeof brokenBy === 'function' ? brokenBy(options, recording) : holds(brokenBy, options);
}
