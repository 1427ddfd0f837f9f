import { readFileSync } from 'node:fs';
import { messageOf, pipelineError } from '@misp-pipeline/core';
import { findLists } from './find-lists.ts';
import { parseList, type Warninglist } from './list-file.ts';
import { slugMatcher } from './slug-pattern.ts';

/** Which lists to read. */
export interface ListChoice {
  /** Id of the stage that reads them, for what is said of faults. */
  readonly stage: string;
  /** List files, or folders of them. */
  readonly paths: readonly string[];
  /** Patterns of slugs to read. */
  readonly only: readonly string[];
  /** Patterns of slugs to leave out, although `only` names them. */
  readonly except: readonly string[];
  /** Slugs that must be there, since the config says something about them. */
  readonly named: readonly string[];
}

/**
 * Reads the chosen lists, sorted by slug. Throws STAGE_INPUT, which names everything that is wrong, in whatever file: a list
 * that is silently missing shows up as false alarms.
 */
export function loadLists({ stage, paths, only, except, named }: ListChoice): readonly Warninglist[] {
  const faults: string[] = [];
  const files = filesBySlug(paths, faults);
  const slugs = [...files.keys()].sort();
  for (const pattern of slugs.length === 0 ? [] : [...only, ...except, ...named]) {
    if (!slugs.some(slugMatcher([pattern]))) faults.push(`no list is named \`${pattern}\``);
  }
  const isWanted = slugMatcher(only);
  const isUnwanted = slugMatcher(except);
  const chosen = slugs.filter((slug) => isWanted(slug) && !isUnwanted(slug));
  if (chosen.length === 0 && faults.length === 0) faults.push('`only` and `except` leave no list');
  const lists: Warninglist[] = [];
  for (const slug of chosen) {
    const path = files.get(slug) ?? '';
    try {
      lists.push(parseList(slug, readFileSync(path, 'utf8')));
    } catch (error) {
      faults.push(`\`${path}\` cannot be used: ${messageOf(error)}`);
    }
  }
  if (faults.length > 0) throw pipelineError('STAGE_INPUT', { stage, faults });
  return lists;
}

function filesBySlug(paths: readonly string[], faults: string[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const path of paths) {
    try {
      for (const file of findLists(path)) {
        const other = files.get(file.slug);
        if (other !== undefined) faults.push(`\`${file.path}\` has the same name as \`${other}\``);
        files.set(file.slug, file.path);
      }
    } catch (error) {
      faults.push(`\`${path}\` cannot be used: ${messageOf(error)}`);
    }
  }
  return files;
}
