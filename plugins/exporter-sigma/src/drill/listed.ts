import { BlockList, isIP, isIPv6 } from 'node:net';
import type { Collected, Indicator } from '@misp-pipeline/core';
import type { Leaf, Modifier } from '../rule/selection.ts';
import { fieldOf, type Place, type Subject, shows } from '../subject/subject.ts';
import { SUBJECTS } from '../subject/subjects.ts';
import type { LogRecord } from './log-table.ts';

/** Where the end of a value that rules compare may begin. */
const SUFFIX_START = /[./\\?;]/g;

/** Knows whether a record that fired by accident holds what another indicator stands for. */
export class Listed {
  readonly #collected: Collected;
  #index: Index | undefined;

  constructor(collected: Collected) {
    this.#collected = collected;
  }

  /** True when an indicator other than `except` is to be detected in the record. */
  explains(record: LogRecord, logSource: string, except?: Indicator): boolean {
    this.#index ??= indexOf(this.#collected);
    const index = this.#index;
    return SUBJECTS.some((subject) =>
      subject.places.some((place) => {
        const text = record[place.field];
        if (place.logSource.id !== logSource || text === undefined) return false;
        return candidates(`${text}`.toLowerCase(), index).some(
          (indicator) => indicator !== except && isDetected(indicator, subject, place, record),
        );
      }),
    );
  }
}

interface Index {
  /** By what a rule compares with, in lower case. */
  readonly byValue: ReadonlyMap<string, readonly Indicator[]>;
  readonly networks: readonly Indicator[];
  /** All networks together, to find out quickly that none holds an address. */
  readonly inNetworks: BlockList;
}

function indexOf(collected: Collected): Index {
  const byValue = new Map<string, Indicator[]>();
  for (const subject of SUBJECTS) {
    for (const indicator of subject.kinds.flatMap((kind) => collected.ofKind(kind))) {
      if (!subject.includes(indicator)) continue;
      for (const { value } of subject.leaves(indicator)) {
        const known = byValue.get(value.toLowerCase());
        if (known === undefined) byValue.set(value.toLowerCase(), [indicator]);
        else known.push(indicator);
      }
    }
  }
  const networks = collected.ofKind('cidr');
  const inNetworks = new BlockList();
  for (const { value } of networks) addNetwork(inNetworks, value);
  return { byValue, networks, inNetworks };
}

/** Indicators that may be in a text: what it is, begins or ends with, or holds between separators. */
function candidates(text: string, { byValue, networks, inNetworks }: Index): readonly Indicator[] {
  const suffixes = [...text.matchAll(SUFFIX_START)].map(({ index }) => text.slice(index));
  const parts = text.split(/,|; /);
  const asCookies = parts.flatMap((part) => [`${part}; `, `; ${part}`, `; ${part}; `]);
  const found = [text, ...suffixes, ...parts, ...asCookies].flatMap((value) => byValue.get(value) ?? []);
  const isInside = isIP(text) !== 0 && inNetworks.check(text, isIPv6(text) ? 'ipv6' : 'ipv4');
  return isInside ? [...found, ...networks] : found;
}

function isDetected(indicator: Indicator, subject: Subject, place: Place, record: LogRecord): boolean {
  if (!subject.kinds.includes(indicator.kind) || !subject.includes(indicator)) return false;
  return subject.leaves(indicator).some((leaf) => shows(place, leaf) && isSeen(leaf, place, record));
}

function isSeen({ modifier, value, also = [] }: Leaf, place: Place, record: LogRecord): boolean {
  const conditions = [{ role: 'value' as const, modifier, value }, ...also];
  return conditions.every(({ role, modifier, value }) => {
    const seen = record[fieldOf(place, role) ?? ''];
    return seen !== undefined && compares(`${seen}`.toLowerCase(), modifier, `${value}`.toLowerCase());
  });
}

function compares(seen: string, modifier: Modifier, value: string): boolean {
  switch (modifier) {
    case '|startswith':
      return seen.startsWith(value);
    case '|endswith':
      return seen.endsWith(value);
    case '|contains':
      return seen.includes(value);
    case '|cidr':
      return isIn(seen, value);
    default:
      return seen === value;
  }
}

function isIn(address: string, network: string): boolean {
  const list = new BlockList();
  addNetwork(list, network);
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

function addNetwork(list: BlockList, network: string): void {
  const [base = '', bits] = network.split('/');
  list.addSubnet(base, Number(bits), isIPv6(base) ? 'ipv6' : 'ipv4');
}
