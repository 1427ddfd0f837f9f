import type { CdbList } from './cdb-list.ts';
import type { Grouping, LogSource, LookUp } from './look-up.ts';
import type { WazuhOptions } from './options.ts';

/** Where lists lie on the manager, as its configuration names them. */
const LIST_FOLDER = 'etc/lists';

/** The file of the exact rules. */
export const RULE_FILE = 'rules/misp_pipeline_rules.xml';

export type Settings = Pick<WazuhOptions, 'ruleIds' | 'levels'>;

/** Rules as an XML file. */
export interface RuleFile {
  readonly text: string;
  readonly rules: number;
}

/** Path of a list in rules and in the configuration, relative to the manager's folder. */
export function listPath(list: CdbList): string {
  return `${LIST_FOLDER}/${list.name}`;
}

/** Writes the rules of log sources. Nothing in them depends on indicators. */
export function ruleFile(logSources: readonly LogSource[], settings: Settings): RuleFile {
  const rules = logSources.flatMap((logSource) => rulesOf(logSource, settings));
  return fileOf(rules, 'The rules stay the same from run to run; only the lists change.');
}

/**
 * Puts rules into a file in Wazuh's own dialect of XML: no declaration, no entities, and no `<` or `&` in any text. A
 * group without rules would be refused.
 */
export function fileOf(rules: readonly (readonly string[])[], remark: string): RuleFile {
  const text = [
    `<!-- Written by misp-pipeline. ${remark} -->`,
    '<group name="misp,ioc,">',
    ...rules.flatMap((rule) => ['', ...rule]),
    '',
    '</group>',
    '',
  ].join('\n');
  return { text, rules: rules.length };
}

function rulesOf(logSource: LogSource, settings: Settings): string[][] {
  const { grouping, lookUps } = logSource;
  const rules = grouping === undefined ? [] : [groupingRule(grouping, settings)];
  for (const lookUp of lookUps) {
    // The value of a key cannot be looked up by prefix: that look-up is inverted in every 4.x.
    if (lookUp.list.lookup === 'address_match_key') {
      rules.push(lookUpRule(logSource, lookUp, settings, 'any'));
    } else {
      rules.push(lookUpRule(logSource, lookUp, settings, 'high'), lookUpRule(logSource, lookUp, settings, 'other'));
    }
  }
  return rules;
}

/** A rule that never alerts: when none of its children matches, the event goes on as if it were not there. */
function groupingRule(grouping: Grouping, { ruleIds }: Settings): string[] {
  return [
    `  <rule id="${ruleIds.first + grouping.id}" level="0" noalert="1">`,
    `    <decoded_as>${grouping.decoder}</decoded_as>`,
    ...grouping.fields.map(fieldElement),
    `    <description>MISP: ${grouping.says}</description>`,
    '  </rule>',
  ];
}

function lookUpRule(
  logSource: LogSource,
  lookUp: LookUp,
  settings: Settings,
  severity: 'high' | 'other' | 'any',
): string[] {
  const { field, list, also } = lookUp;
  const conditions = [
    listElement(field, list, severity === 'high'),
    ...(also === undefined ? [] : [listElement(also.field, also.list, false)]),
  ];
  const { levels } = settings;
  return severity === 'high'
    ? ruleElement(logSource, lookUp, settings, {
        id: lookUp.id,
        level: levels.high,
        about: 'high severity',
        conditions,
      })
    : ruleElement(logSource, lookUp, settings, {
        id: lookUp.id + (severity === 'other' ? 1 : 0),
        level: levels.other,
        conditions,
      });
}

/** What makes a rule of a look-up. */
interface Alerting {
  /** Its number within the block of ids. */
  readonly id: number;
  readonly level: number;
  /** What sets it apart from the other rules of the look-up. */
  readonly about?: string;
  /** Elements that all have to match. */
  readonly conditions: readonly string[];
}

/** A rule that alerts on events of a look-up. */
export function ruleElement(
  logSource: LogSource,
  lookUp: LookUp,
  { ruleIds }: Settings,
  { id, level, about, conditions }: Alerting,
): string[] {
  const { where, technique } = lookUp;
  return [
    `  <rule id="${ruleIds.first + id}" level="${level}">`,
    `    ${parentElement(logSource, lookUp, ruleIds.first)}`,
    ...(where === undefined ? [] : [fieldElement({ name: where.field, matches: where.matches })]),
    ...conditions,
    `    <description>MISP${about === undefined ? '' : `, ${about}`}: ${lookUp.says}</description>`,
    ...(technique === undefined ? [] : ['    <mitre>', `      <id>${technique}</id>`, '    </mitre>']),
    ...(logSource.structured ? ['    <options>no_full_log</options>'] : []),
    '  </rule>',
  ];
}

function parentElement({ grouping }: LogSource, { parent }: LookUp, firstId: number): string {
  if (parent === 'grouping') return `<if_sid>${firstId + (grouping?.id ?? 0)}</if_sid>`;
  return 'sids' in parent ? `<if_sid>${parent.sids}</if_sid>` : `<if_group>${parent.groups}</if_group>`;
}

/** A condition on a field. */
export function fieldElement({ name, matches }: { name: string; matches: string }): string {
  return `    <field name="${name}" type="pcre2">${matches}</field>`;
}

function listElement(field: string, list: CdbList, isHigh: boolean): string {
  const lookup = isHigh ? 'match_key_value" check_value="^high' : list.lookup;
  return `    <list field="${field}" lookup="${lookup}">${listPath(list)}</list>`;
}
