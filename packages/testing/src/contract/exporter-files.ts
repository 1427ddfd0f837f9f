import type { Indicator } from '@misp-pipeline/core';
import { inHarmlessCompany } from '../corpus/hostile.ts';
import type { Check, Problems } from './check.ts';
import { type ExporterSubject, exported } from './exporter-subject.ts';

/** What files have to be, whatever is in the indicators. */
export const fileChecks: readonly Check<ExporterSubject>[] = [
  { name: 'writes files that load, from one indicator of each kind', problems: ordinaryFiles },
  { name: 'writes files that load when there is no indicator', problems: emptyFiles },
  { name: 'writes files that load from hostile values, with no raw control character in them', problems: hostileFiles },
  { name: 'counts the same entries whatever titles, comments and tags say', problems: harmlessCompany },
  { name: 'writes to paths that the engine allows', problems: paths },
];

async function ordinaryFiles(subject: ExporterSubject): Promise<Problems> {
  const { output } = await exported(subject, subject.ordinary);
  const isSilent = [...output.files.values()].every(({ entries }) => entries === 0);
  return [...(isSilent ? ['no entry was counted: call file.count'] : []), ...(await subject.accepts(output.files))];
}

async function emptyFiles(subject: ExporterSubject): Promise<Problems> {
  const { output, skipped } = await exported(subject, []);
  const problems = [...(await subject.accepts(output.files))];
  if (skipped.length > 0) problems.push(`skipped ${skipped.length} of none`);
  if (output.placements.length > 0) problems.push(`placed ${output.placements.length} of none`);
  return problems;
}

/** Controls but tab and line feed, line separators, marks that turn the direction of text, halves of pairs. */
const RAW = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\p{Cs}]/u;

async function hostileFiles(subject: ExporterSubject): Promise<Problems> {
  const { output } = await exported(subject, subject.hostile);
  const problems: string[] = [];
  for (const [path, { text }] of output.files) {
    for (const line of text.split('\n')) {
      const found = RAW.exec(line);
      if (found === null) continue;
      const code = found[0].charCodeAt(0).toString(16).padStart(4, '0');
      problems.push(`\`${path}\` holds a raw U+${code} in: ${JSON.stringify(line.slice(0, 200))}`);
    }
  }
  return [...problems, ...(await subject.accepts(output.files))];
}

async function harmlessCompany(subject: ExporterSubject): Promise<Problems> {
  const entries = async (indicators: readonly Indicator[]) => {
    const { output } = await exported(subject, indicators);
    return [...output.files].map(([path, file]) => `${path}: ${file.entries}`);
  };
  const [hostile, harmless] = [await entries(subject.hostile), await entries(inHarmlessCompany(subject.hostile))];
  return hostile.join() === harmless.join() ? [] : [`${hostile.join(', ')} instead of ${harmless.join(', ')}`];
}

async function paths(subject: ExporterSubject): Promise<Problems> {
  const { output } = await exported(subject, [...subject.ordinary, ...subject.hostile]);
  const isAllowed = (path: string) => path.split('/').every((part) => /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/.test(part));
  return [...output.files.keys()].filter((path) => !isAllowed(path)).map((path) => `path \`${path}\``);
}
