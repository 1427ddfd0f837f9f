import { INDICATOR_KINDS, type Indicator, type IndicatorKind, type Output } from '@misp-pipeline/core';
import type { Offered } from './fill.ts';

/** Names of the types that Wazuh 5 enriches events by; addresses only together with a port. */
const TYPES: Partial<Record<IndicatorKind, string>> = {
  ipv4: 'connection',
  ipv6: 'connection',
  domain: 'url_domain',
  hostname: 'url_domain',
  url: 'url_full',
  md5: 'hash_md5',
  sha1: 'hash_sha1',
  sha256: 'hash_sha256',
};

/**
 * Writes what the engine of Wazuh 5 (read in the source of beta 4, never run) loads by `POST /content/ioc/update`: one
 * JSON object a line.
 */
export function writeIocs(offered: Offered, output: Output): void {
  const placed = new Map<string, Indicator[]>();
  for (const indicator of INDICATOR_KINDS.flatMap(offered)) {
    const line = lineOf(indicator);
    if (line !== undefined) placed.set(line, [...(placed.get(line) ?? []), indicator]);
  }
  const path = 'wazuh5/iocs.ndjson';
  const file = output.file(path);
  const lines = [...placed.keys()].sort();
  for (const text of lines) {
    file.write(`${text}\n`);
    for (const indicator of placed.get(text) ?? []) output.placed?.(indicator, { file: path, text });
  }
  file.count(lines.length);
}

function lineOf({ kind, value, port }: Indicator): string | undefined {
  const type = TYPES[kind];
  const isConnection = type === 'connection';
  // A connection is an address with its port; the other types know no ports.
  if (type === undefined || isConnection !== (port !== undefined)) return undefined;
  const name = isConnection ? `${value}:${port}` : value.toLowerCase();
  return JSON.stringify({ type, name, source: 'misp-pipeline' });
}
