import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord, textOf } from '../fields.ts';
import { parseJson } from '../rest/parse-json.ts';
import { writeAtomically } from './write-atomically.ts';

const NAME = 'confirmed.json';

/**
 * When the origin of a mirror last answered; undefined when no run has noted it. `dir` is the folder of the feed. A note that
 * is damaged counts as none: the next run that is answered writes it anew.
 */
export async function readConfirmation(dir: string): Promise<Date | undefined> {
  try {
    const noted = parseJson(await readFile(join(dir, NAME)));
    const at = new Date(isRecord(noted) ? textOf(noted.at) : '');
    return Number.isNaN(at.getTime()) ? undefined : at;
  } catch {
    return undefined;
  }
}

export async function writeConfirmation(dir: string, at: Date): Promise<void> {
  await writeAtomically(join(dir, NAME), JSON.stringify({ at: at.toISOString() }));
}
