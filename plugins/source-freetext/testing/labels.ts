import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Indicator, IndicatorKind } from '@misp-pipeline/core';

/** Hexadecimal digits of a label: enough to tell a few thousand values apart. */
const LENGTH = 16;

const CLASSES: Partial<Record<IndicatorKind, string>> = {
  ipv4: 'ip',
  ipv6: 'ip',
  cidr: 'ip',
  domain: 'host',
  hostname: 'host',
};

/**
 * Names a value without repeating it: the beginning of the SHA-256 of `ip`, `host` or the kind, and the canonical value.
 * Ports are not compared.
 */
export function labelOf({ kind, value }: Pick<Indicator, 'kind' | 'value'>): string {
  return createHash('sha256')
    .update(`${CLASSES[kind] ?? kind} ${value}`)
    .digest('hex')
    .slice(0, LENGTH);
}

/**
 * What a reader finds in each report, by the report's file name. Written down report by report from reading them, by
 * lists of values and ranges of lines, before and without the code of this package.
 */
export function readLabels(): ReadonlyMap<string, ReadonlySet<string>> {
  const file = new URL('labels.json', import.meta.url);
  const packed: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(Object.entries(packed).map(([report, labels]) => [report, new Set(labels.match(/.{16}/g))]));
}
