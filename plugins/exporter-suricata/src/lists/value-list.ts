import type { Indicator } from '@misp-pipeline/core';
import { framed, type RuleFrame } from '../rules/rule-text.ts';
import { BEFORE_8, SINCE_8 } from '../rules/versions.ts';
import { type Ruleset, ruleFileOf } from '../ruleset.ts';
import { contextMatch, contextPath, type DatasetType, datasetLine, datasetMatch, listPath } from './dataset.ts';
import { contextLine } from './list-context.ts';
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

/** A value, and the indicators, at least one, for which it stands. */
export type Entry = readonly [value: string, first: Indicator, ...others: Indicator[]];

/**
 * Writes a list for each version, and the rules that read it. Suricata 8 repeats in the alert what the list says of the
 * value; Suricata 7 knows values only.
 */
export function writeValueList(list: ValueList, entries: Iterable<Entry>, ruleset: Ruleset): void {
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
  const since8 = new ListFile(
    ruleset.output,
    contextPath(name),
    sids.map(([sid]) => sid),
  );
  const before8 = new ListFile(
    ruleset.output,
    listPath(name),
    sids.map(([, sid]) => sid),
  );
  for (const [value, first, ...others] of entries) {
    const indicators = [first, ...others];
    since8.add(contextLine(value, first, others.length), indicators);
    before8.add(datasetLine(value, type), indicators);
  }
}
