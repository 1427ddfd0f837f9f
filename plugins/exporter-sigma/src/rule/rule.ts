import type { Tlp } from '@misp-pipeline/core';
import { type LogSource, logSourceLines } from '../subject/log-source.ts';
import { fieldOf, type Place } from '../subject/subject.ts';
import type { Evidence } from './evidence.ts';
import type { Level } from './rule-set.ts';
import type { Selection } from './selection.ts';
import { sigmaText, yamlText } from './value.ts';

/** What stands around the detection of a rule. */
export interface RuleHead {
  readonly id: string;
  /** At most 120 characters. */
  readonly title: string;
  /** UUIDs of rules that this one was made from. */
  readonly derivedFrom?: readonly string[];
  readonly description: string;
  readonly level: Level;
  readonly tlp: Tlp | undefined;
  readonly evidence: Evidence;
  /** ATT&CK tags. */
  readonly tags: readonly string[];
  readonly falsePositives: string;
}

/**
 * Text of a rule file in the house style of SigmaHQ: four blanks, one value as a scalar, values in single quotes.
 * `detection` is what stands between head and tail, with its own line breaks.
 */
export function ruleText(head: RuleHead, logSource: LogSource, detection: string): string {
  return [
    ...headLines(head),
    'logsource:',
    ...logSourceLines(logSource),
    'detection:',
    `${detection}falsepositives:`,
    `    - ${head.falsePositives}`,
    `level: ${head.level}`,
    '',
  ].join('\n');
}

/** Lines of a document down to its tags. */
export function headLines(head: RuleHead): string[] {
  const related = (head.derivedFrom ?? []).flatMap((id) => [`    - id: ${id}`, '      type: derived']);
  return [
    `title: ${head.title}`,
    `id: ${head.id}`,
    ...(related.length === 0 ? [] : ['related:', ...related]),
    'status: experimental',
    `description: ${head.description} listed in ${counted(head.evidence.events)}`,
    ...list('references', head.evidence.references.map(yamlText)),
    'author: misp-pipeline',
    ...dateLines(head.evidence),
    ...list('tags', head.tlp === undefined ? head.tags : [...head.tags, `tlp.${tlpTag(head.tlp)}`]),
  ];
}

function counted(events: number): string {
  return events === 1 ? '1 MISP event' : `${events} MISP events`;
}

function list(key: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${key}:`, ...items.map((item) => `    - ${item}`)];
}

/** A day of change that is the day of birth is refused by validators. */
function dateLines({ earliest, latest }: Evidence): string[] {
  return earliest === latest ? [`date: ${earliest}`] : [`date: ${earliest}`, `modified: ${latest}`];
}

/** Name of a label in tags: version 2 of the protocol, with a hyphen. A label that nobody knows is shown to nobody. */
function tlpTag(tlp: Tlp): string {
  if (tlp === 'unknown') return 'red';
  return tlp === 'amber+strict' ? 'amber-strict' : tlp;
}

/** Detection of a rule of our own: any of the selections. There is at least one. */
export function detectionText(place: Place, selections: readonly Selection[]): string {
  const single = selections.length === 1;
  let text = '';
  for (const selection of selections) {
    text += single ? '    selection:\n' : `    selection_${selection.leaf.name}:\n`;
    text += detectionLines(place, selection);
  }
  return `${text}    condition: ${single ? 'selection' : '1 of selection_*'}\n`;
}

/** Lines of one selection, below its name. */
export function detectionLines(place: Place, { leaf: { modifier, also = [] }, yaml }: Selection): string {
  let text = `        ${place.field}${modifier}:${yaml}`;
  for (const { role, modifier, value } of also)
    text += `        ${fieldOf(place, role)}${modifier}: ${scalar(value)}\n`;
  for (const [field, value] of Object.entries(place.fixed ?? {})) text += `        ${field}: ${scalar(value)}\n`;
  return text;
}

function scalar(value: string | number): string {
  return typeof value === 'number' ? `${value}` : sigmaText(value);
}
