import type { Tlp } from '@misp-pipeline/core';
import type { Evidence } from './evidence.ts';
import type { Level } from './rule-set.ts';
import type { Selection } from './selection.ts';
import type { Place, Subject } from './subject.ts';
import { yamlText } from './value.ts';

/** All that makes a rule. */
export interface Rule {
  readonly id: string;
  /** At most 120 characters. */
  readonly title: string;
  readonly subject: Subject;
  readonly place: Place;
  readonly level: Level;
  readonly tlp: Tlp | undefined;
  readonly evidence: Evidence;
  /** At least one. */
  readonly selections: readonly Selection[];
}

/** Text of a rule file in the house style of SigmaHQ: four blanks, one value as a scalar, values in single quotes. */
export function ruleText(rule: Rule): string {
  const { category, product } = rule.place.logSource;
  return [
    `title: ${rule.title}`,
    `id: ${rule.id}`,
    'status: experimental',
    `description: Detects ${rule.place.detects} listed in ${counted(rule.evidence.events)}`,
    ...list('references', rule.evidence.references.map(yamlText)),
    'author: misp-pipeline',
    ...dateLines(rule.evidence),
    ...list('tags', tags(rule)),
    'logsource:',
    `    category: ${category}`,
    ...(product === undefined ? [] : [`    product: ${product}`]),
    'detection:',
    `${detection(rule)}falsepositives:`,
    `    - ${rule.subject.falsePositives}`,
    `level: ${rule.level}`,
    '',
  ].join('\n');
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

function tags({ place, tlp }: Rule): readonly string[] {
  return tlp === undefined ? place.tags : [...place.tags, `tlp.${tlpTag(tlp)}`];
}

/** Name of a label in tags: version 2 of the protocol, with a hyphen. A label that nobody knows is shown to nobody. */
function tlpTag(tlp: Tlp): string {
  if (tlp === 'unknown') return 'red';
  return tlp === 'amber+strict' ? 'amber-strict' : tlp;
}

function detection({ place, selections }: Rule): string {
  const single = selections.length === 1;
  let text = '';
  for (const { name, modifier, port, values } of selections) {
    text += single ? '    selection:\n' : `    selection_${name}:\n`;
    text += `        ${place.field}${modifier}:${values}`;
    if (port !== undefined) text += `        ${place.portField}: ${port}\n`;
  }
  return `${text}    condition: ${single ? 'selection' : '1 of selection_*'}\n`;
}
