import type { CdbList } from './cdb-list.ts';
import { listPath } from './rules.ts';

/**
 * The lines that make the manager load lists. It is no document of its own: a second block of this name would replace
 * the first one's lists and folders, the stock ones among them.
 */
export function configurationLines(lists: readonly CdbList[]): string {
  return [
    '<!--',
    '  Lists of misp-pipeline for a Wazuh 4.x manager.',
    '  Copy the lines below into the one "ruleset" block that /var/ossec/etc/ossec.conf already has. Do not add a second',
    '  block of that name: the manager would forget the lists and folders of the first, and most stock rules with them.',
    '-->',
    ...lists.map((list) => `<list>${listPath(list)}</list>`),
    '',
  ].join('\n');
}
