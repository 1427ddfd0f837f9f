import type { Random } from '@misp-pipeline/testing';
import { DOMAIN, DUPLICATES, POPULAR_HOSTS, SHARED_PARENTS, TLDS, URL } from './mix.ts';
import { fromQuantiles, picker } from './random.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const PATH = `${LETTERS}${LETTERS}0123456789/-_.`;
const QUERY = `${LETTERS}0123456789=&%+`;
const REMEMBERED = 5000;

const tld = picker(TLDS);
const sharedParent = picker(SHARED_PARENTS);
const popularHost = picker(POPULAR_HOSTS);
const sharedShare = sum(SHARED_PARENTS) / (1 - DOMAIN.registrable);
const popularShare = sum(POPULAR_HOSTS);

/** Makes values of MISP types, some of them for the second time. */
export class Values {
  readonly #random: Random;
  readonly #earlier = new Map<string, string[]>();
  /** Domains of the event at hand to which no URL points yet: publishers list a host and its address bar. */
  #domains: string[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  newEvent(): void {
    this.#domains = [];
  }

  of(type: string): string {
    const earlier = this.#earlier.get(type) ?? [];
    this.#earlier.set(type, earlier);
    const again = this.#random.chance(DUPLICATES) ? earlier[this.#random.below(earlier.length)] : undefined;
    const value = again ?? this.#make(type);
    if (earlier.length < REMEMBERED) earlier.push(value);
    else earlier[this.#random.below(REMEMBERED)] = value;
    if (type === 'domain') this.#domains.push(value);
    return value;
  }

  #make(type: string): string {
    const random = this.#random;
    switch (type) {
      case 'url':
      case 'link':
        return this.#url();
      case 'domain':
      case 'hostname':
        return this.#host();
      case 'ip-src':
      case 'ip-dst':
        return this.#address();
      case 'md5':
      case 'text':
        return random.hex(32);
      case 'sha1':
        return random.hex(40);
      case 'sha256':
        return random.hex(64);
      case 'port':
        return String(1 + random.below(65_535));
      case 'filename':
        return `${random.text(LETTERS, 4 + random.below(20))}.exe`;
      case 'regkey':
        return `HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\${random.text(LETTERS, 8)}`;
      case 'email-src':
        return `${random.text(LETTERS, 8)}@${this.#host()}`;
      default:
        return type.includes('|') ? this.#composite(type) : random.text(LETTERS, 12);
    }
  }

  #composite(type: string): string {
    const [first = '', second = ''] = type.split('|');
    return `${this.#make(first)}|${this.#make(second === 'ip' ? 'ip-dst' : second)}`;
  }

  #address(): string {
    const random = this.#random;
    return `${1 + random.below(223)}.${random.below(256)}.${random.below(256)}.${random.below(256)}`;
  }

  #host(): string {
    const random = this.#random;
    if (random.chance(DOMAIN.registrable)) return `${this.#label()}.${tld(random)}`;
    const parent = random.chance(sharedShare) ? sharedParent(random) : `${this.#label()}.${tld(random)}`;
    const host = `${this.#label()}.${parent}`;
    return random.chance(DOMAIN.deep / (1 - DOMAIN.registrable)) ? `${this.#label()}.${host}` : host;
  }

  #label(): string {
    const random = this.#random;
    const length = fromQuantiles(random, DOMAIN.labelLength);
    const alphabet = random.chance(DOMAIN.digits) ? `${LETTERS}0123456789` : LETTERS;
    const label = random.text(alphabet, length);
    if (length < 4 || !random.chance(DOMAIN.dash)) return label;
    const middle = length >> 1;
    return `${label.slice(0, middle)}-${label.slice(middle + 1)}`;
  }

  #url(): string {
    const random = this.#random;
    const scheme = random.chance(URL.https) ? 'https' : 'http';
    const port = random.chance(URL.port) ? `:${1 + random.below(65_535)}` : '';
    const base = `${scheme}://${this.#urlHost()}${port}`;
    if (random.chance(URL.bare)) return base;
    const path = random.text(PATH, fromQuantiles(random, URL.pathLength));
    if (!random.chance(URL.query / (1 - URL.bare))) return `${base}/${path}`;
    return `${base}/${path}?${random.text(QUERY, fromQuantiles(random, URL.queryLength))}`;
  }

  #urlHost(): string {
    const random = this.#random;
    if (random.chance(URL.hostIsAddress)) return this.#address();
    if (random.chance(popularShare)) return popularHost(random);
    const fromEvent = random.chance(URL.hostFromEvent / (1 - URL.hostIsAddress));
    return (fromEvent ? this.#domains.pop() : undefined) ?? this.#host();
  }
}

function sum(shares: Readonly<Record<string, number>>): number {
  return Object.values(shares).reduce((total, share) => total + share, 0);
}
