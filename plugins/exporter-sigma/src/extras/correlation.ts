import type { Output } from '@misp-pipeline/core';
import { grouped } from '../grouped.ts';
import type { CorrelationOptions } from '../options.ts';
import type { WrittenRule } from '../rule/rule-writer.ts';
import { ruleId } from '../rule/uuid.ts';
import type { LogSource } from '../subject/log-source.ts';
import type { Place } from '../subject/subject.ts';

/** Field that tells the hosts of a network's log apart. */
const CLIENT_FIELDS: Readonly<Record<string, string>> = { dns: 'src_ip', proxy: 'src_ip', firewall: 'src_ip' };

/**
 * Writes, for each field that rules look at, a rule that fires when one host shows several different listed values
 * there. Converters put it in the place of the rules that it names, so these stand in a folder of their own.
 */
export function writeCorrelations(
  options: CorrelationOptions,
  rules: readonly WrittenRule[],
  output: Output,
  exporter: string,
): void {
  for (const [place, written] of grouped(rules, ({ place }) => place)) {
    const hostField = hostFieldOf(place.logSource);
    const subject = written[0]?.planned.subject.id;
    if (hostField === undefined || hostField === place.field || subject === undefined) continue;
    const id = ruleId(`${exporter}/correlation/${place.logSource.id}/${subject}`);
    const file = output.file(`correlations/correlation_misp_${subject}_${place.logSource.id}.yml`);
    file.write(correlationText(options, id, place, hostField, written));
    file.count(1);
  }
}

function hostFieldOf({ id, category, product }: LogSource): string | undefined {
  const isOnHost = category !== undefined && (product === 'windows' || product === 'linux');
  return CLIENT_FIELDS[id] ?? (isOnHost ? 'Computer' : undefined);
}

function correlationText(
  { values, timespan }: CorrelationOptions,
  id: string,
  { title, field, tags }: Place,
  hostField: string,
  rules: readonly WrittenRule[],
): string {
  const earliest = rules.map(({ evidence }) => evidence.earliest).sort()[0];
  const latest = rules
    .map(({ evidence }) => evidence.latest)
    .sort()
    .at(-1);
  return [
    `title: ${title} - Several from One Host`,
    `id: ${id}`,
    'status: experimental',
    `description: Detects hosts that show ${values} or more different values listed in MISP within ${timespan}`,
    'author: misp-pipeline',
    `date: ${earliest}`,
    ...(earliest === latest ? [] : [`modified: ${latest}`]),
    'tags:',
    ...tags.map((tag) => `    - ${tag}`),
    'correlation:',
    '    type: value_count',
    '    rules:',
    ...rules.map(({ id }) => `        - ${id}`).sort(),
    '    group-by:',
    `        - ${hostField}`,
    `    timespan: ${timespan}`,
    '    condition:',
    `        field: ${field}`,
    `        gte: ${values}`,
    'falsepositives:',
    '    - A host that tests or looks up indicators',
    'level: high',
    '',
  ].join('\n');
}
