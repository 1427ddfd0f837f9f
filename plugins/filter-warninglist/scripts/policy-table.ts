import { GROUPS, type Group } from '../src/groups.ts';
import { MATCHES } from '../src/hit.ts';
import { markdownTable } from './markdown-table.ts';

/** The default policy as a table in Markdown: a row for each group, a column for each kind of match. */
export function policyTable(): string {
  const rows = Object.entries<Group>(GROUPS).map(([name, { rule }]) => [
    `\`${name}\``,
    ...MATCHES.map((match) => rule[match] ?? '·'),
  ]);
  return markdownTable(['group', ...MATCHES], rows, 'left');
}

/** What the groups are about and which lists they name, as a list in Markdown. */
export function groupList(): string {
  return Object.entries<Group>(GROUPS)
    .map(([name, { about, lists }]) => `- **\`${name}\`**: ${about} ${lists.map((list) => `\`${list}\``).join(' ')}`)
    .join('\n');
}
