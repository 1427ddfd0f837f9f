import type { CdbList } from './cdb-list.ts';
import type { Grouping, LogSource, LookUp } from './look-up.ts';
import type { WazuhOptions } from './options.ts';

/** Where lists lie on the manager, as its configuration names them. */
const LIST_FOLDER = 'etc/lists';

type Settings = Pick<WazuhOptions, 'ruleIds' | 'levels'>;

/** What the rules make of log sources, as the lines of an XML file. Nothing in it depends on indicators. */
export interface RuleFile {
  readonly text: string;
  readonly rules: number;
}

/** Path of a list in rules and in the configuration, relative to the manager's folder. */
export function listPath(list: CdbList): string {
  return `${LIST_FOLDER}/${list.name}`;
}

/**
 * Writes the rules of log sources in Wazuh's own dialect of XML: no declaration, no entities, and no `<`, `&` or
 * backslash in any text.
 */
export function ruleFile(logSources: readonly LogSource[], settings: Settings): RuleFile {
  const rules = logSources.flatMap((logSource) => rulesOf(logSource, settings));
  const text = [
    '<!-- Written by misp-pipeline. The rules stay the same from run to run; only the lists change. -->',
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
  { ruleIds, levels }: Settings,
  severity: 'high' | 'other' | 'any',
): string[] {
  const id = ruleIds.first + lookUp.id + (severity === 'other' ? 1 : 0);
  const level = severity === 'high' ? levels.high : levels.other;
  const { also, where, technique } = lookUp;
  return [
    `  <rule id="${id}" level="${level}">`,
    `    ${parentElement(logSource, lookUp, ruleIds.first)}`,
    ...(where === undefined ? [] : [fieldElement({ name: where.field, matches: where.matches })]),
    listElement(lookUp.field, lookUp.list, severity === 'high'),
    ...(also === undefined ? [] : [listElement(also.field, also.list, false)]),
    `    <description>MISP${severity === 'high' ? ', high severity' : ''}: ${lookUp.says}</description>`,
    ...(technique === undefined ? [] : ['    <mitre>', `      <id>${technique}</id>`, '    </mitre>']),
    ...(logSource.structured ? ['    <options>no_full_log</options>'] : []),
    '  </rule>',
  ];
}

function parentElement({ grouping }: LogSource, { parent }: LookUp, firstId: number): string {
  if (parent === 'grouping') return `<if_sid>${firstId + (grouping?.id ?? 0)}</if_sid>`;
  return 'sids' in parent ? `<if_sid>${parent.sids}</if_sid>` : `<if_group>${parent.groups}</if_group>`;
}

function fieldElement({ name, matches }: { name: string; matches: string }): string {
  return `    <field name="${name}" type="pcre2">${matches}</field>`;
}

function listElement(field: string, list: CdbList, isHigh: boolean): string {
  const lookup = isHigh ? 'match_key_value" check_value="^high' : list.lookup;
  return `    <list field="${field}" lookup="${lookup}">${listPath(list)}</list>`;
}
