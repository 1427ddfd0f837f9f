import { StageIds } from '@misp-pipeline/core';
import { MemoryOutput } from '../memory-output.ts';
import type { Check, Problems } from './check.ts';
import { elsewhere } from './elsewhere.ts';
import { type ExporterSubject, exported, nameOf } from './exporter-subject.ts';

/** The same indicators and the same ledger give the same bytes. */
export const samenessChecks: readonly Check<ExporterSubject>[] = [
  { name: 'writes the same bytes whatever the order of the indicators', problems: reordered },
  { name: 'writes the same bytes when indicators arrive twice', problems: repeated },
  { name: 'writes the same bytes when nobody asks for places', problems: unexplained },
  { name: 'writes the same bytes years later in another time zone', problems: later },
  { name: 'keeps bytes, ids and revisions in the next run', problems: nextRun },
  { name: 'keeps the other ids when indicators go, and gives the old ids when they return', problems: withdrawal },
];

async function reordered(subject: ExporterSubject): Promise<Problems> {
  const all = [...subject.ordinary, ...subject.hostile];
  const { output } = await exported(subject, all);
  const backwards = await exported(subject, [...all].reverse());
  const third = Math.floor(all.length / 3);
  const turned = await exported(subject, [...all.slice(third), ...all.slice(0, third)]);
  return [
    ...changes('backwards', output, backwards.output),
    ...changes('with the first third last', output, turned.output),
  ];
}

async function repeated(subject: ExporterSubject): Promise<Problems> {
  const all = [...subject.ordinary, ...subject.hostile];
  const { output } = await exported(subject, all);
  const twice = await exported(subject, [...all, ...all]);
  return changes('twice', output, twice.output);
}

async function unexplained(subject: ExporterSubject): Promise<Problems> {
  const { output } = await exported(subject, subject.ordinary);
  const silent = await exported(subject, subject.ordinary, {}, new MemoryOutput({ explain: false }));
  return changes('without `output.placed`', output, silent.output);
}

async function later(subject: ExporterSubject): Promise<Problems> {
  const { output } = await exported(subject, subject.ordinary);
  const now = new Date('2033-02-28T23:30:00Z');
  const afterwards = await elsewhere(() => exported(subject, subject.ordinary, { now }));
  return changes('later', output, afterwards.output);
}

async function nextRun(subject: ExporterSubject): Promise<Problems> {
  const all = [...subject.ordinary, ...subject.hostile];
  const ids = new StageIds('test');
  const first = await exported(subject, all, { ids });
  ids.changed.clear();
  const next = await exported(subject, all, { ids });
  const revised = [...ids.changed.keys()].map(
    (key) => `the number of \`${key.slice(0, 200)}\` was given or revised again`,
  );
  return [...changes('in the next run', first.output, next.output), ...revised];
}

async function withdrawal(subject: ExporterSubject): Promise<Problems> {
  const ids = new StageIds('test');
  const before = await exported(subject, subject.ordinary, { ids });
  const kept = before.collected.filter((_, i) => i % 2 === 0);
  const less = idsByKey((await exported(subject, kept, { ids })).output);
  const again = idsByKey((await exported(subject, subject.ordinary, { ids })).output);
  const problems: string[] = [];
  for (const [key, wanted] of idsByKey(before.output)) {
    const remaining = less.get(key) ?? wanted;
    if (remaining !== wanted) problems.push(`\`${key}\` became ${remaining} instead of ${wanted} when others went`);
    if (again.get(key) !== wanted) problems.push(`\`${key}\` became ${again.get(key)} instead of ${wanted} on return`);
  }
  return problems;
}

function idsByKey({ placements }: MemoryOutput): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const { indicator, placement } of placements) {
    const key = nameOf(indicator);
    ids.set(key, `${ids.get(key) ?? ''}[${placement.id ?? ''}]`);
  }
  return ids;
}

/** The first line of each file that is not what it was. */
function changes(how: string, wanted: MemoryOutput, found: MemoryOutput): string[] {
  return [...new Set([...wanted.files.keys(), ...found.files.keys()])].flatMap((path) => {
    const lines = wanted.files.get(path)?.text.split('\n') ?? [];
    const others = found.files.get(path)?.text.split('\n') ?? [];
    if (lines.length === others.length && lines.every((line, i) => line === others[i])) return [];
    const at = lines.findIndex((line, i) => line !== others[i]);
    const shown = (line = 'nothing') => line.slice(0, 200);
    return [`${how}, \`${path}\` holds \`${shown(others[at])}\` instead of \`${shown(lines[at])}\``];
  });
}
