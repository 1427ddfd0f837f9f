import { detectValue, type Entry, type Line } from '@misp-pipeline/misp';
import { isDefanged } from './defanged.ts';
import { isReferenceLink } from './references.ts';
import { withoutBlanksInMarks } from './tokens.ts';

const COMMENT = /^(?:#|\/\/|;|!|\[adblock)/i;
const DIRECTIVE = /^\$(?:ttl|origin|include|generate)\b|^\S+\s+(?:\d+\s+)?(?:in\s+)?(?:soa|ns)\s|#[@?$%]*#/i;
const HOSTS_LINE = /^(?:0\.0\.0\.0|127\.0\.[01]\.1|::1?|255\.255\.255\.255|fe80::1%lo0|f[ef]0[0-9a-f]::\d)\s+(\S.*)$/i;
const LOCAL_NAME = /^(?:localhost(?:\.localdomain)?|local|broadcasthost|ip6-\S+|0\.0\.0\.0)$/i;
const ZONE_RECORD = /^(\S+)\s+(?:\d+\s+)?(?:in\s+)?(?:cname\s+(\S+)|a\s+[\d.]+|aaaa\s+[\da-f:.]+)$/i;
const BLOCK_RULE = /^\|\|([^\s^$|*]+)\^?\|?(?:\$\S*)?$/;
const BULLET = /^[-*\u2022]\s+/;
const AD_BLOCKER_PATH = /^\/(?:\^|\S*?(?:\*|\^$|\\[./dw]|\$(?:third-party|domain=|script|image)))/;
const SEPARATORS = /[\s,;|]+/g;
const SLASHES = /\/\/|\\\\/;
/** The end, a quoted cell, a date or a further URL. */
const NEXT_CELL = /^(?:$|["'`]|\d{4}-\d\d-\d\d|[a-z[\]()*]{3,12}:\]?[/\\]{2})/i;
const LONGEST_SCHEME = 20;
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
  if (DIRECTIVE.test(body) || AD_BLOCKER_PATH.test(body)) return none('skipped:directive');
  if (body.startsWith('@@')) return none('skipped:exception');
  const hosts = HOSTS_LINE.exec(body)?.[1];
  if (hosts !== undefined) return hostEntries(line, hosts);
  const [, name, target = ''] = ZONE_RECORD.exec(body) ?? [];
  if (name !== undefined) return /^rpz-passthru/i.test(target) ? none('skipped:exception') : [entryOf(line, name)];
  const blocked = BLOCK_RULE.exec(body)?.[1];
  if (blocked !== undefined) return [entryOf(line, blocked.includes('/') ? blocked : `*.${blocked}`)];
  return plainEntries(line, body.replace(BULLET, ''));
}

/** The names in a line of a hosts file, without those that every such file has. */
function hostEntries(line: number, text: string): Entry[] {
  const [names] = withoutComment(text);
  return names.split(/\s+/).map((name) => {
    if (LOCAL_NAME.test(name)) return { line, text: name, reason: 'skipped:directive' };
    const entry = entryOf(line, name);
    const isName = 'reason' in entry || entry.type === 'domain' || entry.type === 'hostname';
    return isName ? entry : { line, text: name, reason: UNKNOWN };
  });
}

/** A value with its remark, several values, or values with words behind them. That it is none is said of the whole line. */
function plainEntries(line: number, text: string): Entry[] {
  const [value, remark] = withoutComment(withoutBlanksInMarks(text));
  const whole = entryOf(line, unquoted(value), remark);
  if ('type' in whole && !isUrl(whole)) return [whole];
  const words = wordsOf(value);
  const entries = words.map((word) => entryOf(line, unquoted(word.text), remark));
  if (entries.length > 0 && !entries.some(isUnknown)) return entries;
  const [first = whole, ...others] = entries;
  if (isUnknown(first)) return [whole];
  const end = others.findIndex((entry) => !isUrl(entry));
  const comment = [words[end]?.rest, remark].filter(Boolean).join(' ');
  return [first, ...others.slice(0, end)].map((entry) => ('reason' in entry ? entry : { ...entry, comment }));
}

interface Word {
  readonly text: string;
  /** What stands behind it in the line. */
  readonly rest: string;
}

/** What blanks, commas and the like separate. Inside a URL only blanks do, and marks before what begins a cell anew. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let start = 0;
  let last = 0;
  let isInUrl = false;
  for (const { 0: mark, index } of text.matchAll(SEPARATORS)) {
    isInUrl ||= SLASHES.test(text.slice(last, index));
    last = index + mark.length;
    const next = text.slice(last, last + LONGEST_SCHEME);
    if (isInUrl && !/\s/.test(mark) && !NEXT_CELL.test(next)) continue;
    words.push({ text: text.slice(start, index), rest: text.slice(last) });
    start = last;
    isInUrl = false;
  }
  words.push({ text: text.slice(start), rest: '' });
  return words.filter((word) => word.text !== '');
}

function isUrl(entry: Entry): boolean {
  return 'type' in entry && entry.type === 'url';
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
  return text.replace(/^["'`]|["'`]$/g, '');
}

function entryOf(line: number, text: string, comment = ''): Entry {
  const found = /^\/[^\s/]/.test(text) ? { type: 'uri', value: text } : detectValue(text, { inProse: false });
  if (found === undefined) return { line, text: text.slice(0, LONGEST_QUOTE), reason: UNKNOWN };
  if (isReferenceLink(text) && !isDefanged(text)) return { line, text, reason: 'skipped:reference' };
  return { line, ...found, comment };
}
