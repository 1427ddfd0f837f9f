import type { MispUser, Warninglist } from '@misp-pipeline/misp';
import type { CommandLine } from './command-line.ts';
import { type Finding, idsOf, namesOf, ok, warning } from './finding.ts';
import { importantGroup } from './warninglist-group.ts';

/** Lists that are off although they came with MISP, the important ones by group, and lists without entries. */
export function warninglistsFindings(
  lists: readonly Warninglist[],
  user: MispUser | undefined,
  typed: CommandLine,
): Finding[] {
  const update = `${user?.siteAdmin === false ? 'With the key of a site admin: ' : ''}${typed('warninglists update')}`;
  if (lists.length === 0) return [warning('warninglists/none', 'the server has none', update)];
  const on = lists.filter(({ enabled }) => enabled);
  const off = lists.filter(({ enabled, isDefault }) => isDefault && !enabled);
  const rest = off.filter(({ name }) => importantGroup(name) === undefined);
  const empty = on.filter(({ entries }) => entries === 0);
  return [
    ok('warninglists/told', `${on.length} of ${lists.length} are on`),
    ...importantFindings(off, (words) => `${user?.warninglists === false ? MAY_NOT : ''}${typed(words)}`),
    ...(rest.length === 0 ? [] : [ok('warninglists/off', `off, and perhaps rightly so: ${namesOf(rest)}`)]),
    ...(empty.length === 0
      ? []
      : [warning('warninglists/empty', `on, but without entries: ${namesOf(empty)}`, update)]),
  ];
}

const MAY_NOT = 'With a key that may switch warninglists: ';

function importantFindings(off: readonly Warninglist[], todo: CommandLine): Finding[] {
  const groups = Map.groupBy(off, ({ name }) => importantGroup(name));
  return [...groups].flatMap(([group, lists]) =>
    group === undefined
      ? []
      : [
          warning(
            'warninglists/important-off',
            `off: ${group}: ${namesOf(lists)}`,
            todo(`warninglists enable ${idsOf(lists)}`),
          ),
        ],
  );
}
