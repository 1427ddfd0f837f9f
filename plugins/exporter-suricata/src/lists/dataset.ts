/** How the lines of a dataset are written: as base64, or as a hash in hex. */
export type DatasetType = 'string' | 'md5' | 'sha256';

/**
 * Most characters of a line. Both versions read lists in pieces of 1,023 bytes: Suricata 7 takes the rest of a longer line
 * for a value of its own, and Suricata 8 reads none of the lines behind it.
 */
export const LONGEST_LINE = 1022;

/** Options of the rule that looks the inspected buffer up in the list `name` of `size` lines; for both versions. */
export function datasetMatch(name: string, type: DatasetType, size: number): string {
  return `dataset:isset,${name},type ${type},load ${listPath(name)},${roomFor(size)};`;
}

/** The same with a list whose lines say more than the value, which the alert repeats; for Suricata 8. */
export function contextMatch(name: string, type: DatasetType, size: number): string {
  const format = 'format ndjson,value_key value,context_key misp,remove_key';
  return `dataset:isset,${name}-context,type ${type},load ${contextPath(name)},${format},${roomFor(size)};`;
}

/** Path of a list; rules name it relative to their own folder. */
export function listPath(name: string): string {
  return `datasets/${name}.lst`;
}

/** Path of a list with context. */
export function contextPath(name: string): string {
  return `datasets/${name}.ndjson`;
}

function roomFor(size: number): string {
  return `hashsize ${hashSize(size)},memcap 1gb`;
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

/** Line of a dataset. Base64 is padded, since Suricata 8 refuses it without padding. */
export function datasetLine(value: string, type: DatasetType): string {
  if (type !== 'string') return value;
  return ASCII.test(value) ? btoa(value) : Buffer.from(value, 'utf8').toString('base64');
}
