import { hash } from 'node:crypto';
import type { Indicator } from '@misp-pipeline/core';
import { messageText, ruleMetadata } from '@misp-pipeline/ids-rules';
import type { Ruleset } from '../ruleset.ts';
import { headerFault } from './header.ts';
import { isHarmless } from './keywords.ts';
import { LONGEST_LINE, type ParsedRule, parseRule, type RuleOption } from './parse-rule.ts';

/** Writes attributes that are rules already, those that can do no harm, under numbers of ours. */
export function writeForeignRules(indicators: readonly Indicator[], ruleset: Ruleset): void {
  const { foreignRules, takesForeignRules, skip } = ruleset;
  for (const indicator of indicators) {
    const rule = parseRule(indicator.value);
    const fault = takesForeignRules ? faultOf(rule, indicator) : { reason: 'skipped:foreignRules' };
    if (fault !== undefined) skip(indicator, fault.reason, fault.detail);
    else if (rule !== undefined) {
      const key = `rule-suricata:${hash('sha256', indicator.value)}`;
      foreignRules.add({ key, header: headerOf(rule), options: optionsOf(rule, indicator) }, indicator);
    }
  }
}

/** Why a rule is not taken. */
interface Fault {
  readonly reason: string;
  /** The part that is at fault. */
  readonly detail?: string;
}

/** What sid and revision take of a line. */
const NUMBER_BYTES = 40;

function faultOf(rule: ParsedRule | undefined, indicator: Indicator): Fault | undefined {
  if (indicator.value.length > LONGEST_LINE) return { reason: 'unsupported:too-long' };
  if (rule === undefined) return { reason: 'refused:syntax' };
  const inHeader = headerFault(rule);
  if (inHeader !== undefined) return { reason: inHeader, detail: headerOf(rule) };
  const harmful = rule.options.find(({ name }) => !isHarmless(name));
  if (harmful !== undefined) return { reason: 'refused:keyword', detail: harmful.name };
  if (soughtBytes(rule.options) < FEWEST_BYTES) return { reason: 'too-broad:rule' };
  const size = Buffer.byteLength(`${headerOf(rule)} (${optionsOf(rule, indicator)})`);
  return size + NUMBER_BYTES > LONGEST_LINE ? { reason: 'unsupported:too-long' } : undefined;
}

/**
 * A rule has to seek more than a word that is in every request, such as `POST`. Addresses alone are not enough: they would
 * pass by the warninglists.
 */
const FEWEST_BYTES = 5;

/** Shorter contents are in traffic of every sort, however many there are. */
const FEWEST_OF_CONTENT = 3;

/** Number of bytes that must be in the traffic. */
function soughtBytes(options: readonly RuleOption[]): number {
  let bytes = 0;
  for (const { name, value } of options) {
    if ((name !== 'content' && name !== 'uricontent') || value === undefined || value.startsWith('!')) continue;
    const plain = value.slice(1, -1).replace(/\|([0-9A-Fa-f\s]*)\|/g, (_, hex: string) => {
      return 'x'.repeat(hex.replace(/\s/g, '').length / 2);
    });
    const { length } = plain.replace(/\\./g, 'x');
    if (length >= FEWEST_OF_CONTENT) bytes += length;
  }
  return bytes;
}

function headerOf(rule: ParsedRule): string {
  const { action, protocol, source, sourcePort, direction, destination, destinationPort } = rule;
  return [action, protocol, source, sourcePort, direction, destination, destinationPort].join(' ');
}

/** Options that are ours to say. */
const NUMBERS: ReadonlySet<string> = new Set(['sid', 'rev', 'gid']);

function optionsOf({ options }: ParsedRule, indicator: Indicator): string {
  const kept = options.filter(({ name }) => !NUMBERS.has(name)).flatMap(keptText);
  const title = indicator.origins[0]?.event.title ?? '';
  const message = options.some(({ name }) => name === 'msg') ? [] : [`msg:"${messageText(`MISP rule (${title})`)}";`];
  const sid = options.find(({ name }) => name === 'sid')?.value;
  const origin = sid !== undefined && /^\d{1,10}$/.test(sid) ? [`misp_original_sid ${sid}`] : [];
  return [...message, ...kept, `metadata:${ruleMetadata(indicator, origin)};`].join(' ');
}

/** Pairs of metadata that are ours to say. */
const OUR_PAIR = /^(?:misp_\w*|tlp|confidence_score|first_seen|last_seen)\b/i;

/** An option as it was written, but for what it says in our name. */
function keptText({ name, value }: RuleOption): string | [] {
  if (value === undefined) return `${name};`;
  if (name !== 'metadata') return `${name}:${value};`;
  const pairs = value.split(',').filter((pair) => !OUR_PAIR.test(pair.trim()));
  return pairs.length === 0 ? [] : `metadata:${pairs.join(',').trim()};`;
}
