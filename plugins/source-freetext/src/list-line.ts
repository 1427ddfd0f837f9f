import { detectValue, type Entry, type Line } from '@misp-pipeline/misp';
import { isDefanged } from './defanged.ts';
import { isReferenceLink } from './references.ts';

const COMMENT = /^(?:#|\/\/|;|!|\[adblock)/i;
const DIRECTIVE = /^\$(?:ttl|origin|include|generate)\b|^\S+\s+(?:\d+\s+)?(?:in\s+)?(?:soa|ns)\s|#[@?$%]*#/i;
const HOSTS_LINE = /^(?:0\.0\.0\.0|127\.0\.0\.1|::1?|255\.255\.255\.255|fe80::1%lo0)\s+(\S.*)$/i;
const ZONE_RECORD = /^(\S+)\s+(?:\d+\s+)?(?:in\s+)?(?:cname\s+(\S+)|a\s+[\d.]+|aaaa\s+[\da-f:.]+)$/i;
const BLOCK_RULE = /^\|\|([^\s^$|*]+)\^?\|?(?:\$\S*)?$/;
const BULLET = /^[-*\u2022]\s+/;
const SEPARATORS = /[\s,;|]+/;
const INLINE_COMMENT = /\s(?:#|\/\/|;)/;
const UNKNOWN = 'rejected:no-indicator';
const LONGEST_QUOTE = 200;

/**
 * Reads a line of a list: a value with or without words behind it (`192.0.2.1<TAB>9`, `evil.example # why`), several
 * values, a line of a hosts file, a record of a response policy zone, a rule of an ad blocker, or the path of a URL.
 */
export function readListLine({ number: line, text, isCut }: Line): Entry[] {
  const body = text.trim();
  if (body === '') return [];
  const none = (reason: string): Entry[] => [{ line, text: body.slice(0, LONGEST_QUOTE), reason }];
  if (isCut) return none('rejected:too-long');
  if (COMMENT.test(body)) return none('skipped:comment');
  if (DIRECTIVE.test(body)) return none('skipped:directive');
  if (body.startsWith('@@')) return none('skipped:exception');
  const hosts = HOSTS_LINE.exec(body)?.[1];
  if (hosts !== undefined) return hostNames(hosts).map((host) => entryOf(line, host));
  const [, name, target = ''] = ZONE_RECORD.exec(body) ?? [];
  if (name !== undefined) return /^rpz-passthru/i.test(target) ? none('skipped:exception') : [entryOf(line, name)];
  const blocked = BLOCK_RULE.exec(body)?.[1];
  if (blocked !== undefined) return [entryOf(line, blocked.includes('/') ? blocked : `*.${blocked}`)];
  return plainEntries(line, body.replace(BULLET, ''));
}

function hostNames(text: string): string[] {
  return withoutComment(text)[0].split(/\s+/);
}

/** A value with its remark, several values, or a value with words behind it. That it is none is said of the whole line. */
function plainEntries(line: number, text: string): Entry[] {
  const [value, remark] = withoutComment(text);
  const whole = entryOf(line, unquoted(value), remark);
  if (!isUnknown(whole)) return [whole];
  const words = value.split(SEPARATORS).filter((word) => word !== '');
  const entries = words.map((word) => entryOf(line, unquoted(word), remark));
  if (!entries.some(isUnknown)) return entries;
  const end = value.search(SEPARATORS);
  const first = entryOf(line, unquoted(value.slice(0, end)), text.slice(end + 1).trim());
  return [isUnknown(first) ? whole : first];
}

function isUnknown(entry: Entry): boolean {
  return 'reason' in entry && entry.reason === UNKNOWN;
}

/** The text, and the remark behind it. */
function withoutComment(text: string): [string, string] {
  const at = text.search(INLINE_COMMENT);
  return at < 0 ? [text, ''] : [text.slice(0, at).trim(), text.slice(at).replace(/^[\s#/;]+/, '')];
}

function unquoted(text: string): string {
  return text.replace(/^["'`](.*)["'`]$/, '$1');
}

function entryOf(line: number, text: string, comment = ''): Entry {
  const found = /^\/[^\s/]/.test(text) ? { type: 'uri', value: text } : detectValue(text, { inProse: false });
  if (found === undefined) return { line, text: text.slice(0, LONGEST_QUOTE), reason: UNKNOWN };
  if (isReferenceLink(text) && !isDefanged(text)) return { line, text, reason: 'skipped:reference' };
  return { line, ...found, comment };
}
