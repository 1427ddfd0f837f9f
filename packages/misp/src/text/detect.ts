import { canonicalHost, parseUrl } from '@misp-pipeline/core';
import { addressOf, portOf, splitColon } from '../reading/address.ts';
import { emailReader } from '../reading/email.ts';
import { isFault } from '../reading/reading.ts';
import { readUrl } from '../reading/url.ts';
import { refangHost } from '../refang.ts';
import { endsLikeFile } from './file-endings.ts';

/** What MISP would make of a value. */
export interface DetectedValue {
  /** Name of a MISP type. */
  readonly type: string;
  readonly value: string;
}

export interface Surroundings {
  /** True among words, where `run.sh` is a file; false in a list of hosts, where it is a domain. */
  readonly inProse: boolean;
}

const LONGEST = 4096;
const readEmail = emailReader('email');

/**
 * Finds out what a value is that comes without a type, defanged or not: a hash, a URL, an address or network, a mail
 * address, a host, an address or host with its port, a host with a path. The types are those of MISP's own free-text
 * import, but for `email`, since nobody said who wrote to whom, and for ports, which MISP loses behind hosts. Undefined
 * for everything else, such as words, file names, dates and version numbers.
 */
export function detectValue(text: string, { inProse }: Surroundings): DetectedValue | undefined {
  if (text.length > LONGEST || text.length < 4) return undefined;
  const type = hashType(text) ?? urlType(text) ?? addressType(text);
  if (type !== undefined) return { type, value: text };
  if (SCHEME.test(text)) return undefined;
  const host = refangHost(text);
  if (/^[^/]*@/.test(host)) return isFault(readEmail(text)) ? undefined : { type: 'email', value: text };
  return slashed(text, inProse) ?? ported(host, inProse) ?? named(host, inProse);
}

const HEX = /^[0-9a-f]+$/i;
const HASHES: ReadonlyMap<number, string> = new Map([
  [32, 'md5'],
  [40, 'sha1'],
  [56, 'sha224'],
  [64, 'sha256'],
  [96, 'sha384'],
  [128, 'sha512'],
]);

function hashType(text: string): string | undefined {
  return HEX.test(text) ? HASHES.get(text.length) : undefined;
}

/** A scheme, also a broken one, with its slashes. */
const SCHEME = /^[[(]?[a-z][a-z0-9+[\]().-]{1,12} ?[[({]? ?: ?[\])}]? ?[[(]?[/\\]{2}/i;

function urlType(text: string): string | undefined {
  if (!SCHEME.test(text)) return undefined;
  const reading = readUrl(text);
  const host = isFault(reading) ? undefined : parseUrl(reading[0]?.value ?? '')?.host;
  return host !== undefined && /[.:]/.test(host) ? 'url' : undefined;
}

/** `::` alone is C++, `Face::Bad` a name in it. */
function addressType(text: string): string | undefined {
  if (!/\d/.test(text)) return undefined;
  return addressOf(text) === undefined ? undefined : 'ip-dst';
}

const PORT_BEFORE_PATH = /^([^/:]+:\d{1,5}):(\/.*)$/;

/** A host or address with a path. Also `host:80:/path`. */
function slashed(text: string, inProse: boolean): DetectedValue | undefined {
  const url = text.replace(PORT_BEFORE_PATH, '$1$2');
  const slash = url.indexOf('/');
  if (slash < 0) return undefined;
  const head = refangHost(url.slice(0, slash));
  const server = splitColon(head)?.[0] ?? head;
  const isAddress = addressOf(server) !== undefined;
  if (isAddress && /^\d{1,3}$/.test(url.slice(slash + 1))) return undefined;
  return isAddress || isHost(server, inProse) ? { type: 'url', value: url } : undefined;
}

function ported(text: string, inProse: boolean): DetectedValue | undefined {
  const [server = '', port = ''] = splitColon(text) ?? [];
  if (portOf(port) === undefined) return undefined;
  if (addressOf(server) !== undefined) return { type: 'ip-dst|port', value: text };
  return isHost(server, inProse) ? { type: 'hostname|port', value: text } : undefined;
}

/** Two labels are a domain, more are a host, as in MISP; what begins with `*.` or a dot is a domain with all below it. */
function named(text: string, inProse: boolean): DetectedValue | undefined {
  const name = text.replace(/^\*?\./, '');
  if (!isHost(name, inProse)) return undefined;
  const isDomain = name !== text || name.split('.').length === 2;
  return { type: isDomain ? 'domain' : 'hostname', value: name };
}

/** Names such as `com.apple.update` that programs have. */
const REVERSED = /^(?:com|org|net|io|edu|gov)\./;
/** A last label of letters tells names from numbers such as those of versions. */
const TOP_LEVEL = /\.(?:[a-z]{2,}|xn--[a-z0-9-]+)$/;

function isHost(text: string, inProse: boolean): boolean {
  const host = canonicalHost(text);
  if (host === undefined || !TOP_LEVEL.test(host) || endsLikeFile(host, inProse)) return false;
  return !(inProse && REVERSED.test(host));
}
