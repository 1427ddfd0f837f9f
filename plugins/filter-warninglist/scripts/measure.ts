/**
 * Prints what the default policy does to real intelligence: how many distinct values match the lists of each group, in
 * which way, and what becomes of them; and how fast.
 *
 *     node --conditions=source plugins/filter-warninglist/scripts/measure.ts [FLAGS] LISTS EVENTS...
 *
 * LISTS is a folder of warninglists, EVENTS are folders of MISP events. `--dropped` names each dropped value, `--lists`
 * counts by list too, `--entries` by the popular sites under which domains lie; `--policy` prints the policy itself.
 */
import { parseArgs } from 'node:util';
import type { Action } from '../src/groups.ts';
import type { Warninglist } from '../src/list-file.ts';
import { loadLists } from '../src/load-lists.ts';
import { Matcher } from '../src/matcher.ts';
import { groupOf, Policy } from '../src/policy.ts';
import { verdictOf } from '../src/verdict.ts';
import { CountTable } from './count-table.ts';
import { groupList, policyTable } from './policy-table.ts';
import { realValues, type Value } from './real-values.ts';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dropped: { type: 'boolean' },
    lists: { type: 'boolean' },
    entries: { type: 'boolean' },
    policy: { type: 'boolean' },
  },
});
const [folder = '', ...events] = positionals;

const started = performance.now();
const lists = loadLists({ stage: 'measure', paths: [folder], only: ['*'], except: [], named: [] });
const matcher = new Matcher(lists);
const policy = new Policy(lists);
const entries = lists.reduce((sum, list) => sum + list.entries.length, 0);
console.log(`${lists.length} lists, ${entries} entries: loaded in ${Math.round(performance.now() - started)} ms\n`);

const values = realValues(events);
if (flags.policy) console.log(`${policyTable()}\n\n${groupList()}\n`);
if (flags.dropped) printDropped(values);
console.log(`${outcomes(values)}\n\n${matches(values, 'group', (list) => groupOf(list.slug))}\n`);
if (flags.lists) console.log(`${matches(values, 'list', (list) => list.slug)}\n`);
if (flags.entries) console.log(`${commonEntries(values)}\n`);
for (const kind of new Set(values.map((value) => value.kind))) {
  const ofKind = values.filter((value) => value.kind === kind);
  if (ofKind.length >= 500) console.log(`${kind}: ${microseconds(ofKind)} us a value`);
}
console.log(`all: ${microseconds(values)} us a value`);

function printDropped(all: readonly Value[]): void {
  for (const value of all) {
    const { drop } = verdictOf(matcher.find(value), policy);
    if (drop) console.log(`${value.value} ${drop.match} ${drop.entry} of ${lists[drop.list]?.slug}`);
  }
}

/** What becomes of the values of each kind of which some stand on a list. */
function outcomes(all: readonly Value[]): CountTable {
  const table = new CountTable('kind', ['values', 'on a list', 'dropped', 'tagged', 'shared host']);
  const judged = all.map((value) => {
    const hits = matcher.find(value);
    return { kind: value.kind, isListed: hits.length > 0, ...verdictOf(hits, policy) };
  });
  const listedKinds = new Set(judged.filter(({ isListed }) => isListed).map(({ kind }) => kind));
  for (const { kind, isListed, drop, tags, isSharedHost } of judged) {
    for (const row of listedKinds.has(kind) ? [kind, 'all'] : ['all']) {
      table.count(row, 'values');
      if (isListed) table.count(row, 'on a list');
      if (drop) table.count(row, 'dropped');
      else if (tags.length > 0) table.count(row, 'tagged');
      if (!drop && isSharedHost) table.count(row, 'shared host');
    }
  }
  return table;
}

/** Values by list or group and by the way in which they match; a value counts once in each row. */
function matches(all: readonly Value[], title: string, name: (list: Warninglist) => string): CountTable {
  const table = new CountTable(`${title}, match`, ['values', 'drop', 'tag', 'keep']);
  for (const value of all) {
    const rows = new Map<string, Action>();
    for (const { list, match } of matcher.find(value)) {
      const named = lists[list];
      if (named) rows.set(`${name(named)}, ${match}`, policy.action(list, match));
    }
    for (const [row, action] of rows) {
      table.count(row, 'values');
      table.count(row, action);
    }
  }
  return table;
}

/** The popular sites under which domains lie, and how many of these are known as tenants. */
function commonEntries(all: readonly Value[]): CountTable {
  const table = new CountTable('under', ['domains', 'known as tenants']);
  for (const value of all) {
    const above = matcher.find(value).filter(({ match }) => match === 'parent-domain');
    const popular = above.find(({ list }) => groupOf(lists[list]?.slug ?? '') === 'popular');
    if (value.kind !== 'domain' || popular === undefined) continue;
    const isTenant = above.some(({ list, entry }) => policy.hasTenants(list, entry));
    for (const row of [popular.entry, 'all']) {
      table.count(row, 'domains');
      if (isTenant) table.count(row, 'known as tenants');
    }
  }
  return table;
}

/** Processor time for one value, over 500,000 fresh copies: new strings, as a source hands them on. */
function microseconds(some: readonly Value[]): string {
  const copies: Value[] = [];
  for (let i = 0; i < 500_000; i++) {
    const { kind, value } = some[(i * 7919) % some.length] ?? { kind: 'domain', value: '' };
    copies.push({ kind, value: Buffer.from(value).toString() });
  }
  const before = process.cpuUsage().user;
  let dropped = 0;
  for (const copy of copies) if (verdictOf(matcher.find(copy), policy).drop) dropped++;
  const share = ((dropped / copies.length) * 100).toFixed(1);
  return `${((process.cpuUsage().user - before) / copies.length).toFixed(2)} (${share} % dropped)`;
}
