import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './cli.ts';

const DATA = process.env.MISP_PIPELINE_DATA ?? join(ROOT, '../shared/data');

/** A folder of real intelligence, where the machine has it; tests that want it are skipped by name elsewhere. */
export function sharedData(path: string): string | undefined {
  const folder = join(DATA, path);
  return existsSync(folder) ? folder : undefined;
}
