import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findRefused } from '@misp-pipeline/core';
import type { Snort } from './snort.ts';
import type { Verdict } from './verdict.ts';

/** What Snort says of one rule file. */
export interface Examined {
  readonly accepted: boolean;
  /** Messages by the refused line. */
  readonly refused: ReadonlyMap<string, string>;
  readonly messages: readonly string[];
}

/** How often Snort 2.9, which names one line a run, is asked for the next. What is left then is for the next check. */
const MOST_ROUNDS = 100;

/** Finds the lines of a rule file that Snort refuses: by its messages, or, where they name none, by halving. */
export async function examineRules(path: string, snort: Snort): Promise<Examined> {
  const first = await snort.test(path);
  const { accepted, messages } = first;
  const refused = new Map<string, string>();
  if (accepted) return { accepted, refused, messages };
  const lines = (await readFile(path, 'utf8')).split('\n');
  const part = new PartTest(snort);
  let verdict = first;
  for (let round = 1; verdict.refused.length > 0; round++) {
    for (const { line, message } of verdict.refused) {
      refused.set(lines[line - 1] ?? '', message);
      lines[line - 1] = ''; // an empty line keeps the numbers of the others
    }
    if (snort.version === 3 || round === MOST_ROUNDS) return { accepted, refused, messages };
    verdict = await part.test(lines);
  }
  if (!verdict.accepted) for (const [line, message] of await searched(lines, part)) refused.set(line, message);
  return { accepted, refused, messages };
}

/** Lines that are refused without being named. None when even the absence of rules is refused. */
async function searched(lines: readonly string[], part: PartTest): Promise<[line: string, message: string][]> {
  if (!(await part.test([])).accepted) return [];
  const rules = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const { refused } = await findRefused(rules, async (some) => (await part.test(some)).accepted);
  const found: [string, string][] = [];
  for (const line of refused) found.push([line, (await part.test([line])).messages.join('; ')]);
  return found;
}

/** Tests some of the lines, in a file of their own. */
class PartTest {
  readonly #snort: Snort;

  constructor(snort: Snort) {
    this.#snort = snort;
  }

  async test(lines: readonly string[]): Promise<Verdict> {
    const path = join(this.#snort.workDir, 'part.rules');
    await writeFile(path, `${lines.join('\n')}\n`);
    return this.#snort.test(path);
  }
}
