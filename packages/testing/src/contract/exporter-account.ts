import type { Indicator } from '@misp-pipeline/core';
import { type Check, type Problems, REASON } from './check.ts';
import { type ExporterSubject, exported, nameOf } from './exporter-subject.ts';

/** No indicator disappears silently. */
export const accountChecks: readonly Check<ExporterSubject>[] = [
  { name: 'skips an indicator once at most, for a countable reason', problems: formOfSkips },
  { name: 'places or skips each indicator, never both', problems: placesOrSkips },
  { name: 'names places that exist', problems: placesExist },
];

async function formOfSkips(subject: ExporterSubject): Promise<Problems> {
  const { collected, skipped } = await exported(subject, [...subject.ordinary, ...subject.hostile]);
  const given = new Set(collected);
  const seen = new Set<Indicator>();
  const problems: string[] = [];
  for (const { indicator, reason } of skipped) {
    if (!REASON.test(reason)) problems.push(`reason \`${reason}\``);
    if (!given.has(indicator)) problems.push(`skipped \`${nameOf(indicator)}\`, which is none of those it was given`);
    if (seen.has(indicator)) problems.push(`skipped \`${nameOf(indicator)}\` twice`);
    seen.add(indicator);
  }
  return problems;
}

async function placesOrSkips(subject: ExporterSubject): Promise<Problems> {
  const { collected, skipped, output } = await exported(subject, [...subject.ordinary, ...subject.hostile]);
  const skips = new Set(skipped.map(({ indicator }) => indicator));
  const places = new Set(output.placements.map(({ indicator }) => indicator));
  return collected.flatMap((indicator) => {
    if (skips.has(indicator) !== places.has(indicator)) return [];
    return [`\`${nameOf(indicator)}\` was ${skips.has(indicator) ? 'both placed and' : 'neither placed nor'} skipped`];
  });
}

async function placesExist(subject: ExporterSubject): Promise<Problems> {
  const { output } = await exported(subject, [...subject.ordinary, ...subject.hostile]);
  const lines = new Map([...output.files].map(([path, { text }]) => [path, new Set(text.split('\n'))]));
  return output.placements.flatMap(({ indicator, placement: { file, text } }) => {
    const written = output.files.get(file);
    if (written === undefined) return [`\`${nameOf(indicator)}\` is placed in \`${file}\`, which was not written`];
    if (written.entries === 0) return [`\`${nameOf(indicator)}\` is placed in \`${file}\`, which counts no entry`];
    const isThere = lines.get(file)?.has(text) || (text !== '' && written.text.includes(text));
    return isThere ? [] : [`\`${file}\` does not hold \`${text.slice(0, 200)}\``];
  });
}
