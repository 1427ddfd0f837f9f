import { basename } from 'node:path';
import { listOf, sidOf } from '../engine/rule-parts.ts';
import { StagedRules } from '../engine/staged-rules.ts';
import type { DatasetType } from '../lists/dataset.ts';
import { BEFORE_8, SINCE_8 } from '../rules/versions.ts';

/** A dataset that rules look values up in. */
export interface Dataset {
  readonly name: string;
  readonly type: DatasetType;
  /** Path of the list that it is loaded from, relative to the folder of the rules. */
  readonly list: string;
}

/** What one version of the engine makes of the rule files of a folder. */
export class LiveRules {
  /** By the path of their lists. */
  readonly datasets = new Map<string, Dataset>();
  /** Lists that rules read otherwise. */
  readonly otherLists = new Set<string>();
  /** Rules that the version skips, since they are for another one. */
  skipped = 0;
  /** Rules that the engine skips where a feature is missing or switched off. */
  featured = 0;
  readonly #files = new Set<string>();
  readonly #sids = new Set<number>();

  /** `major` is the first number of the version, `loaded` are the rule files that the sensor loads. */
  constructor(dir: string, major: number, loaded: readonly string[]) {
    for (const { file, text } of new StagedRules(dir).all()) {
      this.#files.add(file);
      const sid = sidOf(text);
      if (sid !== undefined) this.#sids.add(sid);
      if (loaded.includes(file)) this.#add(text, major);
      else this.#addOtherList(text);
    }
  }

  /** Whether a rule that the engine names is of these files: it may stand in a copy, or in a file that was merged. */
  owns(file: string, rule: string): boolean {
    const sid = sidOf(rule);
    return this.#files.has(basename(file)) || (sid !== undefined && this.#sids.has(sid));
  }

  #add(rule: string, major: number): void {
    if (!isFor(rule, major)) {
      this.skipped++;
      return;
    }
    if (FEATURE.test(rule)) this.featured++;
    const [, name, type, list] = DATASET.exec(rule) ?? [];
    if (name !== undefined && isType(type) && list !== undefined) this.datasets.set(list, { name, type, list });
    else this.#addOtherList(rule);
  }

  #addOtherList(rule: string): void {
    const list = listOf(rule);
    if (list !== undefined) this.otherLists.add(list);
  }
}

// A semicolon in text of strangers has a backslash before it, so these match no text of theirs.
const FEATURE = /(?<!\\); requires:feature /;
const DATASET = /(?<!\\); dataset:isset,([\w.-]+),type (\w+),load (datasets\/[\w.-]+)/;

const TYPES: ReadonlySet<string | undefined> = new Set<DatasetType>(['string', 'md5', 'sha256']);

function isType(type: string | undefined): type is DatasetType {
  return TYPES.has(type);
}

function isFor(rule: string, major: number): boolean {
  return !rule.includes(major < 8 ? `; ${SINCE_8}` : `; ${BEFORE_8}`);
}
