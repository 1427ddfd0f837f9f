import { readFileSync } from 'node:fs';
import { messageOf, pipelineError } from '@misp-pipeline/core';
import { chooseLists, type ListChoice } from './choose-lists.ts';
import { findLists } from './find-lists.ts';
import { parseList, type Warninglist } from './list-file.ts';

/** Which lists to read, and from where. */
export interface ListFiles extends ListChoice {
  /** Id of the stage that reads them, for what is said of faults. */
  readonly stage: string;
  /** List files, or folders of them. */
  readonly paths: readonly string[];
}

/**
 * Reads the chosen lists, sorted by slug. Throws STAGE_INPUT, which names everything that is wrong, in whatever file: a list
 * that is silently missing shows up as false alarms.
 */
export function loadLists({ stage, paths, ...choice }: ListFiles): readonly Warninglist[] {
  const faults: string[] = [];
  const files = filesBySlug(paths, faults);
  const chosen = chooseLists([...files.keys()], choice, faults);
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
