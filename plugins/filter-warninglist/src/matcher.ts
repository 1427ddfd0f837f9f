import { INDICATOR_KINDS, type Indicator, type IndicatorKind } from '@misp-pipeline/core';
import type { Found } from './exact-index.ts';
import type { Hit, Match } from './hit.ts';
import { buildIndexes, type Indexes, type RegexEntry, type UnusableEntry } from './indexes.ts';
import type { Warninglist } from './list-file.ts';
import type { Network } from './network.ts';
import { type Subject, subjectOf } from './subject.ts';

/** What the lists say of one kind of indicator. */
interface Scope {
  /** Whether a list is about the kind, by the list's position. */
  readonly applies: readonly boolean[];
  readonly hasSubstrings: boolean;
  readonly regexes: readonly RegexEntry[];
}

/** Says which entries of which lists a value matches, and how: one pass for all lists together. */
export class Matcher {
  readonly #indexes: Indexes;
  readonly #scopes = new Map<IndicatorKind, Scope>();

  constructor(lists: readonly Warninglist[]) {
    this.#indexes = buildIndexes(lists);
    for (const kind of INDICATOR_KINDS) this.#scopes.set(kind, scopeOf(kind, lists, this.#indexes));
  }

  get unusable(): readonly UnusableEntry[] {
    return this.#indexes.unusable;
  }

  /** All hits: exact ones first, then domains above from the nearest, then networks, substrings and expressions. */
  find({ kind, value }: Pick<Indicator, 'kind' | 'value'>): readonly Hit[] {
    const hits: Hit[] = [];
    const scope = this.#scopes.get(kind);
    if (scope === undefined) return hits;
    const subject = subjectOf(kind, value);
    const { urls, exact } = this.#indexes;
    if (subject.host !== value) addFound((kind === 'url' ? urls : exact).find(value), false, scope, hits);
    if (subject.host !== undefined) addFound(exact.findHost(subject.host), subject.isPart, scope, hits);
    if (subject.network !== undefined) this.#addNetwork(subject.network, subject, scope, hits);
    if (scope.hasSubstrings) this.#addSubstrings(value, subject, scope, hits);
    for (const { list, entry, regex } of scope.regexes) {
      if (regex.test(value)) hits.push({ list, match: 'regex', entry, wider: true });
    }
    return hits;
  }

  #addNetwork(network: Network, { isPart }: Subject, { applies }: Scope, hits: Hit[]): void {
    const ranges = network.words.length === 1 ? this.#indexes.ipv4 : this.#indexes.ipv6;
    for (let i = ranges.narrowestAround(network); i >= 0; i = ranges.nextAround(i)) {
      const list = ranges.list(i);
      if (!applies[list]) continue;
      const wider = ranges.bits(i) < network.bits;
      const match = isPart ? 'host' : wider ? 'inside-range' : 'exact';
      hits.push({ list, match, entry: ranges.entry(i), wider });
    }
    if (network.bits === network.words.length * 32) return;
    for (const i of ranges.firstInside(network)) {
      const list = ranges.list(i);
      if (applies[list]) hits.push({ list, match: 'contains-range', entry: ranges.entry(i), wider: false });
    }
  }

  #addSubstrings(value: string, subject: Subject, { applies }: Scope, hits: Hit[]): void {
    for (const { list, text } of this.#indexes.substrings.find(value.toLowerCase())) {
      if (!applies[list]) continue;
      const wider = text !== (subject.host ?? value);
      hits.push({ list, match: howContained(text, wider, subject), entry: text, wider });
    }
  }
}

/** A substring that ends at the borders of a name's labels is no coincidence, and is told from one that may be. */
function howContained(text: string, wider: boolean, { host, network, isPart }: Subject): Match {
  if (!wider) return isPart ? 'host' : 'exact';
  if (network === undefined && host?.endsWith(`.${text}`)) return isPart ? 'host' : 'parent-domain';
  return 'substring';
}

function addFound(found: readonly Found[], isPart: boolean, { applies }: Scope, hits: Hit[]): void {
  for (const { entry, lists, wider } of found) {
    const match = isPart ? 'host' : wider ? 'parent-domain' : 'exact';
    for (const list of lists) if (applies[list]) hits.push({ list, match, entry, wider });
  }
}

function scopeOf(kind: IndicatorKind, lists: readonly Warninglist[], { regexes }: Indexes): Scope {
  const applies = lists.map(({ kinds }) => kinds.has(kind));
  return {
    applies,
    hasSubstrings: lists.some(({ type }, list) => type === 'substring' && applies[list]),
    regexes: regexes.filter(({ list }) => applies[list]),
  };
}
