import { createHash } from 'node:crypto';
import type { Drop, Indicator, Output, StageServices } from '@misp-pipeline/core';
import { EvidenceReader } from '../rule/evidence.ts';
import { ruleText } from '../rule/rule.ts';
import { LEVELS } from '../rule/rule-set.ts';
import { ruleId } from '../rule/uuid.ts';
import type { Exclusion } from '../validation-config.ts';
import { readForeignRule } from './read-rule.ts';
import { STYLE_VALIDATORS } from './style-validators.ts';
import { yamlLines } from './yaml.ts';

/** Folder of the rules that others wrote. */
export const FOREIGN_FOLDER = 'rules/foreign';

/**
 * Passes on rules that others wrote: their log source and detection, written anew, under a head of our own with an id of
 * our own. Returns the texts, and tells what validators must know.
 */
export function writeForeignRules(
  rules: readonly Indicator[],
  output: Output,
  skip: Drop,
  services: StageServices,
): { readonly texts: readonly string[]; readonly exclusions: readonly Exclusion[] } {
  const evidence = new EvidenceReader(services.now);
  const texts: string[] = [];
  const exclusions: Exclusion[] = [];
  for (const indicator of rules) {
    const rule = readForeignRule(indicator.value);
    if ('fault' in rule) {
      skip(indicator, 'unsupported:rule-sigma', rule.fault);
      continue;
    }
    const digest = createHash('sha256').update(indicator.value).digest('hex');
    const id = ruleId(`${services.id}/foreign/${digest}`);
    const path = `${FOREIGN_FOLDER}/foreign_misp_${id.replaceAll('-', '_')}.yml`;
    const head = {
      id,
      title: `Shared Rule ${digest.slice(0, 16).toUpperCase()}`,
      derivedFrom: rule.id === undefined ? [] : [rule.id],
      description: `Detects ${rule.title || 'what its author describes'}, the subject of a rule`,
      level: LEVELS[indicator.severity],
      tlp: indicator.tlp,
      evidence: evidence.read([indicator]),
      tags: rule.tags,
      falsePositives: 'Unknown',
    };
    const text = ruleText(
      head,
      { id: 'foreign', prefix: '', ...rule.logSource },
      `${yamlLines(rule.detection, '    ').join('\n')}\n`,
    );
    const file = output.file(path);
    file.write(text);
    file.count(1);
    texts.push(text);
    exclusions.push({ id, validators: STYLE_VALIDATORS });
    output.placed?.(indicator, { file: path, id, text: `id: ${id}` });
  }
  return { texts, exclusions };
}
