import { listPath } from './list-file.ts';

/** How the lines of a dataset are written: as base64, or as a hash in hex. */
export type DatasetType = 'string' | 'md5' | 'sha256';

/** Options of the rule that looks the inspected buffer up in the list `name` of `size` lines. */
export function datasetMatch(name: string, type: DatasetType, size: number): string {
  return `dataset:isset,${name},type ${type},load ${listPath(name)},hashsize ${hashSize(size)},memcap 1gb;`;
}

/** The most rows that Suricata 8 grants a dataset without a setting. */
const MOST_ROWS = 65_536;

/** Rows of the engine's hash table: a power of two that fits the list. */
function hashSize(size: number): number {
  const rows = 2 ** Math.ceil(Math.log2(Math.max(size, 16)));
  return Math.min(rows, MOST_ROWS);
}

/** What `btoa`, twice as fast, encodes as UTF-8 would. */
const ASCII = /^[\x00-\x7f]*$/;

/** Line of a `string` dataset. Padded, since Suricata 8 refuses base64 without padding. */
export function stringLine(value: string): string {
  return ASCII.test(value) ? btoa(value) : Buffer.from(value, 'utf8').toString('base64');
}
