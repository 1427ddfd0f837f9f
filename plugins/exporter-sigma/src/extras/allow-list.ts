import {
  canonicalCidr,
  canonicalHost,
  canonicalIp,
  canonicalUrl,
  type Indicator,
  type IndicatorKind,
  makeIndicator,
  type Output,
} from '@misp-pipeline/core';
import { grouped } from '../grouped.ts';
import { detectionLines } from '../rule/rule.ts';
import type { WrittenRule } from '../rule/rule-writer.ts';
import { selections } from '../rule/selection.ts';
import { ruleId } from '../rule/uuid.ts';
import { type LogSource, logSourceLines } from '../subject/log-source.ts';
import { type Place, shows } from '../subject/subject.ts';
import { SUBJECTS } from '../subject/subjects.ts';

const HASHES: Readonly<Record<number, IndicatorKind>> = { 32: 'md5', 40: 'sha1', 64: 'sha256' };

/** What an entry of the allow-list stands for: an address for itself on either side. Empty when it is nothing known. */
export function allowedIndicators(text: string): readonly Indicator[] {
  const entry = text.trim();
  const address = canonicalIp(entry) ?? canonicalCidr(entry);
  if (address !== undefined) {
    return [makeIndicator(address), makeIndicator({ ...address, direction: 'source' })];
  }
  const hash = /^[0-9a-f]+$/i.test(entry) ? HASHES[entry.length] : undefined;
  if (hash !== undefined) return [makeIndicator({ kind: hash, value: entry.toLowerCase() })];
  const url = entry.includes('://') ? canonicalUrl(entry) : undefined;
  if (url !== undefined) return [makeIndicator({ kind: 'url', value: url })];
  const host = canonicalHost(entry);
  return host === undefined ? [] : [makeIndicator({ kind: 'domain', value: host })];
}

/** Writes a Sigma filter for each log source. It names the rules that it is for, so that it never silences others. */
export function writeFilters(
  allow: readonly string[],
  rules: readonly WrittenRule[],
  output: Output,
  exporter: string,
): string[] {
  const allowed = allow.flatMap(allowedIndicators);
  const byLogSource = grouped(rules, ({ place }) => place.logSource);
  return [...byLogSource].flatMap(([logSource, written]) => {
    const detection = filterDetection(allowed, new Set(written.map(({ place }) => place)));
    if (detection === undefined) return [];
    const ids = written.map(({ id }) => id).sort();
    const text = filterText(logSource, ids, detection, ruleId(`${exporter}/allow/${logSource.id}`));
    output.file(`filters/mf_misp_allow_${logSource.id}.yml`).write(text);
    return [text];
  });
}

function filterDetection(allowed: readonly Indicator[], places: ReadonlySet<Place>): string | undefined {
  const lines: string[] = [];
  for (const subject of SUBJECTS) {
    const mine = allowed.filter((indicator) => subject.kinds.includes(indicator.kind) && subject.includes(indicator));
    const lists = selections(mine, subject.leaves);
    for (const place of subject.places) {
      if (!places.has(place)) continue;
      for (const selection of lists) {
        if (shows(place, selection.leaf))
          lines.push(`    selection_${subject.id}_${selection.leaf.name}:\n${detectionLines(place, selection)}`);
      }
    }
  }
  return lines.length === 0 ? undefined : lines.join('');
}

function filterText(logSource: LogSource, ids: readonly string[], detection: string, id: string): string {
  return [
    `title: Allow List for the Log Source ${logSource.id}`,
    `id: ${id}`,
    'description: Takes what the user allows out of the rules of misp-pipeline',
    'author: misp-pipeline',
    'logsource:',
    ...logSourceLines(logSource),
    'filter:',
    '    rules:',
    ...ids.map((id) => `        - ${id}`),
    `${detection}    condition: not 1 of selection_*`,
    '',
  ].join('\n');
}
