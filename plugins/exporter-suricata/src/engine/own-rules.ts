import type { DrillTarget } from '@misp-pipeline/core';
import { ruleName } from './alerts.ts';
import { listOf, sidOf } from './rule-parts.ts';
import type { StagedRules } from './staged-rules.ts';

/** Tells which rules are the detection of an indicator. */
export class OwnRules {
  /** Names of the rules that read a list, by its path. */
  readonly #readers = new Map<string, string[]>();

  constructor(rules: StagedRules) {
    for (const { text } of rules.all()) {
      const [list, sid] = [listOf(text), sidOf(text)];
      if (list === undefined || sid === undefined) continue;
      this.#readers.set(list, [...(this.#readers.get(list) ?? []), ruleName(sid)]);
    }
  }

  /** Names of the rules that stand for the indicator, or read a list in which it stands. */
  of({ placements }: DrillTarget): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { file, id = '' } of placements) {
      for (const [sid] of id.matchAll(/\d+/g)) names.add(ruleName(sid));
      for (const name of this.#readers.get(file) ?? []) names.add(name);
    }
    return names;
  }
}
