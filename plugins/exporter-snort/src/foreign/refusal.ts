import type { SnortVersion } from '../options.ts';
import { dialectOf } from './dialect.ts';
import { headerFault } from './header.ts';
import { isDetection } from './options.ts';
import { detectionOf, parseRule, type RuleOption } from './rule.ts';

/** Snort 2.9 reads lines of 32 kB; what we add to a rule is far below the rest. */
const MAX_LENGTH = 16_384;

/** Most bytes of a content in Snort 2.9. */
const MOST_BYTES = 2047;

/** A text in quotes with nothing but printable ASCII, and behind it the modifiers of Snort 3. */
const CONTENT = /^!?\s*"((?:[ !#-[\]-~]|\\[ -~])+)"(?:\s*,\s*[a-z_]+(?:\s+-?\w+)?)*$/;
const PCRE = /^!?\s*"\/(?:[ !#-[\]-~]|\\[ -~])+\/[A-Za-z]*"$/;
/** Numbers, names and operators. */
const PLAIN = /^[\w ,.:<>=!&^~|+*/-]+$/;

/** Why a rule from elsewhere cannot be passed on to a Snort; undefined when it can. */
export function foreignRefusal(text: string, version: SnortVersion): string | undefined {
  if (text.length > MAX_LENGTH) return 'unsupported:too-long';
  const rule = parseRule(text);
  if (rule === undefined) return 'refused:syntax';
  if (rule.action !== 'alert') return 'refused:action';
  const dialect = dialectOf(rule);
  if (dialect !== 'both' && dialect !== version) return `dialect:${dialect}`;
  const fault = headerFault(rule, version);
  if (fault !== undefined) return fault;
  const detection = detectionOf(rule);
  if (!detection.every((option) => isAllowed(option, version))) return 'refused:keyword';
  return soughtBytes(detection) < FEWEST_BYTES ? 'too-broad:rule' : undefined;
}

/** What no content narrows down is evaluated on every packet. */
const FEWEST_BYTES = 4;

/** Shorter contents are in traffic of every sort, however many there are. */
const FEWEST_OF_CONTENT = 3;

function isAllowed({ name, value }: RuleOption, version: SnortVersion): boolean {
  if (!isDetection(name, version)) return false;
  if (name === 'content' || name === 'uricontent') return isContent(value ?? '');
  if (name === 'pcre') return PCRE.test(value ?? '');
  return value === undefined || PLAIN.test(value);
}

function isContent(value: string): boolean {
  const bytes = contentBytes(value);
  return bytes !== undefined && bytes <= MOST_BYTES;
}

/** Number of bytes of a content; undefined when it is malformed. */
function contentBytes(value: string): number | undefined {
  const [, text] = CONTENT.exec(value) ?? [];
  const parts = text?.replace(/\\./g, 'x').split('|') ?? [];
  if (parts.length % 2 === 0) return undefined;
  let bytes = 0;
  for (const [i, part] of parts.entries()) {
    const digits = part.replace(/\s/g, '');
    if (i % 2 === 0) bytes += part.length;
    else if (/^(?:[0-9A-Fa-f]{2})+$/.test(digits)) bytes += digits.length / 2;
    else return undefined;
  }
  return bytes;
}

/** Number of bytes that must be in the traffic. */
function soughtBytes(options: readonly RuleOption[]): number {
  const sought = options.filter(({ name, value = '' }) => /^(?:uri)?content$/.test(name) && !value.startsWith('!'));
  const lengths = sought.map(({ value = '' }) => contentBytes(value) ?? 0);
  return lengths.filter((length) => length >= FEWEST_OF_CONTENT).reduce((sum, length) => sum + length, 0);
}
