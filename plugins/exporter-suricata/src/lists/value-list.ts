import type { Indicator } from '@misp-pipeline/core';
import { framed, type RuleFrame } from '../rules/rule-text.ts';
import { BEFORE_8, SINCE_8 } from '../rules/versions.ts';
import { type Ruleset, ruleFileOf } from '../ruleset.ts';
import {
  contextMatch,
  contextPath,
  type DatasetType,
  datasetLine,
  datasetMatch,
  LONGEST_LINE,
  listPath,
} from './dataset.ts';
import { bareLine, contextLine } from './list-context.ts';
import { ListFile } from './list-file.ts';

/** Values that rules look a buffer up in. */
export interface ValueList {
  readonly name: string;
  readonly type: DatasetType;
  readonly size: number;
  readonly frame: RuleFrame;
  /** Where values show: a protocol, the header of the rule, and the options that select the buffer. */
  readonly lookUps: readonly { readonly protocol: string; readonly header: string; readonly buffer: string }[];
}

/** Whether a value fits in a line of the lists of both versions. */
export function isListable(value: string, indicator: Indicator, type: DatasetType): boolean {
  return Math.max(datasetLine(value, type).length, bareLine(value, indicator).length) <= LONGEST_LINE;
}

/**
 * A list for each version, and the rules that read it. Suricata 8 repeats in the alert what the list says of the value;
 * Suricata 7 knows values only.
 */
export class ValueListFiles {
  readonly #type: DatasetType;
  readonly #since8: ListFile;
  readonly #before8: ListFile;

  /** Writes the rules. */
  constructor(list: ValueList, ruleset: Ruleset) {
    const { name, type, size, frame } = list;
    const sids = list.lookUps.map(({ protocol, header, buffer }) =>
      ruleFileOf(protocol, ruleset).addEither(
        {
          key: `${name} ${protocol} context`,
          header,
          options: framed(frame, `${SINCE_8} ${buffer} ${contextMatch(name, type, size)}`),
        },
        {
          key: `${name} ${protocol}`,
          header,
          options: framed(frame, `${BEFORE_8} ${buffer} ${datasetMatch(name, type, size)}`),
        },
      ),
    );
    this.#type = type;
    this.#since8 = new ListFile(
      ruleset.output,
      contextPath(name),
      sids.map(([sid]) => sid),
    );
    this.#before8 = new ListFile(
      ruleset.output,
      listPath(name),
      sids.map(([, sid]) => sid),
    );
  }

  /** Adds a value to both lists. It stands for one indicator or for several. */
  add(value: string, indicators: readonly [Indicator, ...Indicator[]]): void {
    this.#since8.add(contextLine(value, indicators[0], indicators.length - 1), indicators);
    this.#before8.add(datasetLine(value, this.#type), indicators);
  }
}
