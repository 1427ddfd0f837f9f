import { type Collected, canonicalCidr, type Indicator, type IndicatorKind, splitUrl } from '@misp-pipeline/core';
import { type Family, familyOf } from './packet/address.ts';
import { type Occupied, Surroundings } from './surroundings.ts';

type Counts = ReadonlyMap<string, number>;

/**
 * The values of all detections, so that neither a near miss nor the plain part of a probe is by chance another indicator.
 * Whether an indicator minds port and direction is not asked: what may be listed is avoided.
 */
export class Listed implements Occupied {
  readonly #values: ReadonlyMap<IndicatorKind, Counts>;
  readonly #domains: Counts;
  readonly #hostnames: Counts;
  readonly #urlHosts: Counts;
  readonly #networks: Counts;
  /** Lengths of the prefixes that are listed. */
  readonly #prefixes: Readonly<Record<Family, readonly number[]>>;
  /** Hosts, addresses and the like that are not listed. */
  readonly plain: Surroundings;

  constructor(collected: Collected) {
    const valuesOf = (kind: IndicatorKind) => collected.ofKind(kind).map(({ value }) => value);
    this.#values = new Map(SOUGHT.map((kind) => [kind, countsOf(valuesOf(kind))]));
    this.#domains = countsOf(valuesOf('domain'));
    this.#hostnames = countsOf(valuesOf('hostname'));
    this.#urlHosts = countsOf(valuesOf('url').map((url) => splitUrl(url).host));
    this.#networks = countsOf(valuesOf('cidr'));
    this.#prefixes = prefixesOf(this.#networks.keys());
    this.plain = new Surroundings(this);
  }

  /** True when the value is an indicator of the kind as it stands. */
  has(kind: IndicatorKind, value: string): boolean {
    return this.#values.get(kind)?.has(value) ?? false;
  }

  /** True when the value is an indicator of one of the kinds. */
  hasAny(kinds: readonly IndicatorKind[], value: string): boolean {
    return kinds.some((kind) => this.has(kind, value));
  }

  /** True when an indicator is the address or a network that holds it; `besides` does not count. */
  coversAddress(address: string, besides?: Indicator): boolean {
    const kind = familyOf(address) === 4 ? 'ipv4' : 'ipv6';
    if (isCounted(this.#values.get(kind), address, kind, besides)) return true;
    return this.#prefixes[familyOf(address)].some((bits) => {
      const network = canonicalCidr(`${address}/${bits}`)?.value ?? '';
      return isCounted(this.#networks, network, 'cidr', besides);
    });
  }

  /** True when an indicator is the name or a domain above it; `besides` does not count. */
  coversName(name: string, besides?: Indicator): boolean {
    if (isCounted(this.#hostnames, name, 'hostname', besides)) return true;
    for (let start = 0; start >= 0; start = name.indexOf('.', start + 1)) {
      const suffix = name.slice(start === 0 ? 0 : start + 1);
      if (isCounted(this.#domains, suffix, 'domain', besides)) return true;
    }
    return false;
  }

  /** True when nothing is listed that has to do with the address; `besides` does not count. */
  isFreeAddress(address: string, besides?: Indicator): boolean {
    return !this.coversAddress(address, besides) && !this.#urlHosts.has(address);
  }

  /** True when nothing is listed that has to do with the name; `besides` does not count. */
  isFreeName(name: string, besides?: Indicator): boolean {
    return !this.coversName(name, besides) && !this.#urlHosts.has(name);
  }
}

/** Kinds of which a value is sought as it stands. */
const SOUGHT: readonly IndicatorKind[] = [
  'ipv4',
  'ipv6',
  'url',
  'uri',
  'user-agent',
  'http-method',
  'cookie',
  'ja3',
  'ja4',
  'x509-md5',
  'x509-sha1',
  'x509-sha256',
  'filename',
  'email',
  'email-src',
  'email-dst',
  'email-subject',
  'email-attachment',
  'email-x-mailer',
  'email-message-id',
  'email-reply-to',
];

function countsOf(values: Iterable<string>): Counts {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** True when the value is listed more often than by `besides`. */
function isCounted(counts: Counts | undefined, value: string, kind: IndicatorKind, besides?: Indicator): boolean {
  const own = besides?.kind === kind && besides.value === value ? 1 : 0;
  return (counts?.get(value) ?? 0) > own;
}

/** Of wider networks no detection is made anywhere: they hold everybody. */
const WIDEST: Readonly<Record<Family, number>> = { 4: 8, 6: 16 };

function prefixesOf(networks: Iterable<string>): Record<Family, readonly number[]> {
  const lengths = { 4: new Set<number>(), 6: new Set<number>() };
  for (const network of networks) {
    const family = familyOf(network);
    const bits = Number(network.slice(network.indexOf('/') + 1));
    if (bits >= WIDEST[family]) lengths[family].add(bits);
  }
  return { 4: [...lengths[4]], 6: [...lengths[6]] };
}
