import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NamedRule } from './verdict.ts';

/** A rule and where it stands. */
export interface StagedRule {
  /** Path relative to the folder. */
  readonly file: string;
  /** The line. */
  readonly text: string;
}

/** The rules of all rule files of a folder. */
export class StagedRules {
  readonly #linesOf = new Map<string, readonly string[]>();

  constructor(dir: string) {
    for (const file of readdirSync(dir).sort()) {
      if (file.endsWith('.rules')) this.#linesOf.set(file, readFileSync(join(dir, file), 'utf8').split('\n'));
    }
  }

  all(): StagedRule[] {
    const rules: StagedRule[] = [];
    for (const [file, lines] of this.#linesOf) {
      for (const text of lines) if (text !== '' && !text.startsWith('#')) rules.push({ file, text });
    }
    return rules;
  }

  /** The rule that the engine names, undefined when that is not quite clear. */
  find({ place, text }: NamedRule): StagedRule | undefined {
    if (place !== undefined) {
      const line = this.#linesOf.get(place.file)?.[place.line - 1];
      return line === text ? { file: place.file, text } : undefined;
    }
    const beginning = text.slice(0, SURELY_PRINTED);
    const [found, ...others] = this.all().filter((rule) => rule.text.startsWith(beginning));
    return others.length === 0 ? found : undefined;
  }
}

/** So much of a rule is printed before the engine cuts its message. */
const SURELY_PRINTED = 1500;
