import { importantGroup, type Warninglist } from '@misp-pipeline/misp';
import { type Finding, idsOf, namesOf, ok, warning } from './finding.ts';

/** Lists that are off although they came with MISP, the important ones by group, and lists without entries. */
export function warninglistsFindings(lists: readonly Warninglist[]): Finding[] {
  if (lists.length === 0) return [warning('warninglists', 'the server has none', 'misp-pipeline warninglists update')];
  const on = lists.filter(({ enabled }) => enabled);
  const off = lists.filter(({ enabled, isDefault }) => isDefault && !enabled);
  const rest = off.filter(({ name }) => importantGroup(name) === undefined);
  const empty = on.filter(({ entries }) => entries === 0);
  return [
    ok('warninglists', `${on.length} of ${lists.length} are on`),
    ...importantFindings(off),
    ...(rest.length === 0 ? [] : [ok('warninglists', `off, and perhaps rightly so: ${namesOf(rest)}`)]),
    ...(empty.length === 0
      ? []
      : [warning('warninglists', `on, but without entries: ${namesOf(empty)}`, 'misp-pipeline warninglists update')]),
  ];
}

function importantFindings(off: readonly Warninglist[]): Finding[] {
  const groups = Map.groupBy(off, ({ name }) => importantGroup(name));
  return [...groups].flatMap(([group, lists]) =>
    group === undefined
      ? []
      : [
          warning(
            'warninglists',
            `off: ${group}: ${namesOf(lists)}`,
            `misp-pipeline warninglists enable ${idsOf(lists)}`,
          ),
        ],
  );
}
