/**
 * How a value can match an entry:
 * - `exact`: the value is the entry.
 * - `parent-domain`: the entry is a domain above the value.
 * - `host`: only the host of a URL or the domain of an e-mail address is, or lies under, the entry. A URL that is nothing
 *   but its host (`http://example.com/`) matches as that host does.
 * - `inside-range`: the address or network lies in the entry's network.
 * - `contains-range`: the network is wider than the entry and holds it.
 * - `substring`: the entry stands somewhere in the value.
 * - `regex`: the entry's expression is found in the value.
 */
export const MATCHES = [
  'exact',
  'parent-domain',
  'host',
  'inside-range',
  'contains-range',
  'substring',
  'regex',
] as const;

export type Match = (typeof MATCHES)[number];

/** A value that matches an entry. */
export interface Hit {
  /** Position of the list. */
  readonly list: number;
  readonly match: Match;
  /** The entry that matched, in the form in which it was compared. */
  readonly entry: string;
  /** The entry is wider than what matched: a domain above it, a network around it, a part of it. */
  readonly wider: boolean;
}
