import type { IndicatorKind } from '@misp-pipeline/core';
import { bareValue, isEnclosed } from './pasted.ts';
import { isFault, type Reader } from './reading/reading.ts';
import { textReader } from './reading/text.ts';
import { readUrl } from './reading/url.ts';
import { READERS } from './types.ts';

/** One way to read a value. */
export interface Candidate {
  readonly kind: IndicatorKind;
  /** Canonical, as an indicator of that kind carries it. */
  readonly value: string;
}

/** The https reading of a URL that was typed without a scheme. */
const readHttpsUrl: Reader = (text) => {
  const reading = readUrl(text);
  const [url] = isFault(reading) || text.includes('://') ? [] : reading;
  return url === undefined ? [] : readUrl(url.value.replace(/^http:/, 'https:'));
};
const ALL_READERS = [...READERS, textReader('process-name'), readHttpsUrl];

/**
 * What a bare value that a person typed, defanged or not, can mean: the reading of every MISP type that accepts it,
 * without repeats. `evil[.]example/a` is a URL with both usual schemes, but may also be a file
 * name; 32 hexadecimal digits are an MD5, an import hash, a JA3, and so on.
 *
 * Of a value that was copied from a report, `evil.example,` or `(evil.example)`, there are the readings of the bare value, too,
 * but of no kind that what was typed is itself: `http://evil.example/a,` is one URL, which ends with a comma.
 */
export function candidatesOf(text: string): readonly Candidate[] {
  const value = text.trim();
  const typed = readingsOf(value);
  const bare = bareValue(value);
  if (bare === value) return [...typed.values()];
  const kinds = certainKinds(value, [...typed.values()]);
  const further = [...readingsOf(bare)].filter(([, { kind }]) => !kinds.has(kind));
  return [...new Map([...typed, ...further]).values()];
}

/** Kinds that a value is as it was typed. Brackets or quotes around it belong only to a text that keeps them. */
function certainKinds(value: string, candidates: readonly Candidate[]): ReadonlySet<IndicatorKind> {
  const certain = isEnclosed(value) ? candidates.filter((candidate) => candidate.value === value) : candidates;
  return new Set(certain.map(({ kind }) => kind));
}

/** The readings of every MISP type that accepts a value, by kind and value. */
function readingsOf(value: string): ReadonlyMap<string, Candidate> {
  const candidates = new Map<string, Candidate>();
  if (value === '') return candidates;
  for (const read of ALL_READERS) {
    const reading = read(value);
    if (isFault(reading)) continue;
    for (const part of reading) candidates.set(`${part.kind}:${part.value}`, { kind: part.kind, value: part.value });
  }
  return candidates;
}
