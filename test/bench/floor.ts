/**
 * What cannot be avoided: the same bytes read and parsed in the same order, and nothing else.
 *
 *   node test/bench/floor.ts feed|misp FOLDER
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Rows } from './rows.ts';

const PAGE = 5000;

/** All files of a feed; returns how many events they held. */
export function readFeed(dir: string): number {
  const parse = (name: string) => JSON.parse(readFileSync(join(dir, name), 'utf8'));
  let events = 0;
  for (const uuid of Object.keys(parse('manifest.json'))) {
    if (parse(`${uuid}.json`).Event !== undefined) events++;
  }
  return events;
}

/** All answers of an attribute search, page by page; returns how many attributes they held. */
function readRows(dir: string): number {
  const rows = new Rows(dir);
  let attributes = 0;
  for (let start = 0; start < rows.count; start += PAGE) {
    attributes += JSON.parse(rows.answer(start, PAGE).toString('utf8')).response.Attribute.length;
  }
  rows.close();
  return attributes;
}

if (import.meta.main) {
  const [input, dir = '.'] = process.argv.slice(2);
  console.log(input === 'misp' ? readRows(dir) : readFeed(dir));
}
