import type { Indicator, IndicatorKind, Severity } from '@misp-pipeline/core';

/**
 * How the traffic that a rule matches runs: a client of ours talks to something bad, or is answered by it; something bad
 * comes to us, or passes in either direction; or it is mail that wants to deceive.
 */
export type Traffic = 'outgoing' | 'answer' | 'incoming' | 'passing' | 'mail';

/** Which end of the packet that matched is the victim; undefined where that depends on the traffic. */
const TARGETS: Readonly<Record<Traffic, 'src_ip' | 'dest_ip' | undefined>> = {
  outgoing: 'src_ip',
  answer: 'dest_ip',
  incoming: 'dest_ip',
  passing: undefined,
  mail: undefined,
};

/**
 * Classes for MISP's categories of attributes, the most telling first. All stand in the packaged classification.config.
 * `Network activity` is by its definition traffic that malware generates.
 */
const CLASSES: readonly (readonly [category: string, classtype: string])[] = [
  ['Targeting data', 'targeted-activity'],
  ['Network activity', 'command-and-control'],
  ['Payload delivery', 'trojan-activity'],
  ['Payload installation', 'trojan-activity'],
  ['Artifacts dropped', 'trojan-activity'],
  ['Persistence mechanism', 'trojan-activity'],
  ['Antivirus detection', 'trojan-activity'],
  ['Financial fraud', 'credential-theft'],
];

/** Kinds for whose names the packaged classes have one of their own. */
const NAMES: ReadonlySet<IndicatorKind> = new Set(['domain', 'hostname']);
/** Kinds that say little by themselves. */
const WEAK: ReadonlySet<IndicatorKind> = new Set(['http-method', 'user-agent', 'filename', 'cookie', 'email-x-mailer']);

/** Options `target` and `classtype` of the rules of one indicator. */
export function meaningOf(indicator: Indicator, traffic: Traffic): string {
  return meaningText(traffic, classOf(indicator, traffic));
}

/** The same for a rule that reads a list, whose members differ in category. */
export function meaningOfList(traffic: Traffic): string {
  return meaningText(traffic, CLASS_OF_TRAFFIC[traffic] ?? 'trojan-activity');
}

const CLASS_OF_TRAFFIC: Readonly<Partial<Record<Traffic, string>>> = {
  incoming: 'misc-attack',
  mail: 'social-engineering',
};

const PRIORITIES: Readonly<Record<Severity, number | undefined>> = { high: 1, medium: 2, low: 3, unknown: undefined };

/** Option `priority`, from the severity; empty where nothing is known of it, since then the class decides. */
export function priorityOf({ kind, severity }: Indicator): string {
  const priority = PRIORITIES[severity];
  if (priority === undefined) return '';
  return `priority:${WEAK.has(kind) ? Math.max(priority, 2) : priority}; `;
}

function classOf({ kind, origins }: Indicator, traffic: Traffic): string {
  const byTraffic = CLASS_OF_TRAFFIC[traffic];
  if (byTraffic !== undefined) return byTraffic;
  if (WEAK.has(kind)) return 'bad-unknown';
  const known = CLASSES.find(([category]) => origins.some((origin) => origin.category === category));
  const classtype = known?.[1] ?? 'trojan-activity';
  return classtype === 'command-and-control' && NAMES.has(kind) ? 'domain-c2' : classtype;
}

function meaningText(traffic: Traffic, classtype: string): string {
  const target = TARGETS[traffic];
  return `${target === undefined ? '' : `target:${target}; `}classtype:${classtype};`;
}
