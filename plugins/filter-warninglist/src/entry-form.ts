import { canonicalHost, canonicalIp, canonicalUrl, type IndicatorKind } from '@misp-pipeline/core';
import { candidatesOf } from '@misp-pipeline/misp';

/** An entry of a `string` or `hostname` list as it is compared. */
export interface EntryForm {
  readonly text: string;
  /** The entry also means the names below it. */
  readonly meansNamesBelow: boolean;
}

const HEX = /^[0-9a-fA-F]{32,128}$/;
const TOP_LEVEL = /^[a-z][a-z0-9-]{1,62}$/;

/** What all values have that are written in several ways and are no host, address, URL or hash. */
const MAY_BE_RESPELT = /[@\\:]/;
/** Kinds of such values. */
const RESPELT: ReadonlySet<IndicatorKind> = new Set([
  'email',
  'regkey',
  'named-pipe',
  'x509-md5',
  'x509-sha1',
  'x509-sha256',
]);

/**
 * Form of a `string` entry: hosts, addresses, URLs, hashes, mail addresses, registry keys, pipes and fingerprints in the
 * spelling of indicators, anything else to the letter. A leading dot, which lists use for "the domain and all below it", counts as that.
 */
export function formOfString(entry: string): EntryForm {
  if (HEX.test(entry)) return { text: entry.toLowerCase(), meansNamesBelow: false };
  if (entry.startsWith('.')) return formOfHostname(entry) ?? { text: entry, meansNamesBelow: false };
  const text = canonicalHost(entry) ?? canonicalIp(entry)?.value ?? urlOf(entry) ?? respelt(entry) ?? entry;
  return { text, meansNamesBelow: false };
}

function respelt(entry: string): string | undefined {
  if (!MAY_BE_RESPELT.test(entry)) return undefined;
  return candidatesOf(entry).find(({ kind, value }) => RESPELT.has(kind) && value !== entry)?.value;
}

function urlOf(entry: string): string | undefined {
  return entry.includes('://') ? canonicalUrl(entry) : undefined;
}

/**
 * Form of a `hostname` entry, which means the name and all below it, or the address that stands in its place; undefined
 * for what is no host. A single label means a whole top-level domain, so it counts only when it is written with a leading
 * dot.
 */
export function formOfHostname(entry: string): EntryForm | undefined {
  const address = canonicalIp(entry);
  if (address !== undefined) return { text: address.value, meansNamesBelow: false };
  const name = entry.replace(/^\.+|\.+$/g, '');
  const text = canonicalHost(name) ?? (entry.startsWith('.') ? topLevel(name.toLowerCase()) : undefined);
  return text === undefined ? undefined : { text, meansNamesBelow: true };
}

function topLevel(name: string): string | undefined {
  return TOP_LEVEL.test(name) ? name : undefined;
}
