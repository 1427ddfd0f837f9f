/**
 * Prints what the default policy does to real intelligence: how many distinct values match the lists of each group, in
 * which way, and what becomes of them.
 *
 *     node --conditions=source plugins/filter-warninglist/scripts/measure.ts [--dropped] LISTS EVENTS...
 *
 * LISTS is a folder of warninglists, EVENTS are folders of MISP events. `--dropped` names each dropped value.
 */
import { parseArgs } from 'node:util';
import { loadLists } from '../src/load-lists.ts';
import { Matcher } from '../src/matcher.ts';
import { groupOf, Policy } from '../src/policy.ts';
import { verdictOf } from '../src/verdict.ts';
import { realValues } from './real-values.ts';
import { CountTable } from './table.ts';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { dropped: { type: 'boolean', default: false } },
});
const [folder = '', ...events] = positionals;
const lists = loadLists({ paths: [folder], only: ['*'], except: [], named: [] });
const matcher = new Matcher(lists);
const policy = new Policy(lists);

const outcomes = new CountTable('kind', ['values', 'on some list', 'dropped', 'tagged', 'shared host']);
const matches = new CountTable('group, match', ['values', 'drop', 'tag', 'keep']);
for (const value of realValues(events)) {
  const hits = matcher.find(value);
  const { drop, tags, isSharedHost } = verdictOf(hits, policy);
  for (const kind of [value.kind, 'all']) {
    outcomes.count(kind, 'values');
    if (hits.length > 0) outcomes.count(kind, 'on some list');
    if (drop !== undefined) outcomes.count(kind, 'dropped');
    else if (tags.length > 0) outcomes.count(kind, 'tagged');
    if (drop === undefined && isSharedHost) outcomes.count(kind, 'shared host');
  }
  const ways = new Map(
    hits.map(({ list, match }) => [`${groupOf(lists[list]?.slug ?? '')}, ${match}`, { list, match }]),
  );
  for (const [way, { list, match }] of ways) {
    matches.count(way, 'values');
    matches.count(way, policy.action(list, match));
  }
  if (flags.dropped && drop !== undefined) {
    console.log(`${value.value} ${drop.match} ${drop.entry} of ${lists[drop.list]?.slug}`);
  }
}
console.log(`${outcomes}\n\n${matches}`);
