/** What cannot be avoided: every file of a feed read and parsed in the order of the manifest, and nothing else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads and parses all files of a feed; returns how many events they held. */
export function readFloor(dir: string): number {
  const parse = (name: string) => JSON.parse(readFileSync(join(dir, name), 'utf8'));
  let events = 0;
  for (const uuid of Object.keys(parse('manifest.json'))) {
    if (parse(`${uuid}.json`).Event !== undefined) events++;
  }
  return events;
}

if (import.meta.main) console.log(readFloor(process.argv[2] ?? '.'));
