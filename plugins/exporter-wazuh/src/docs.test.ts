import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOG_SOURCES } from './log-sources/all.ts';
import { listsOf } from './look-up.ts';

const page = readFileSync(new URL('../../../docs/wazuh.md', import.meta.url), 'utf8');
/** Rows of tables, without the blanks that align them. */
const rows = page.split('\n').flatMap((line) => (line.startsWith('| `') ? [line.replace(/ +\|/g, ' |')] : []));

describe('docs/wazuh.md', () => {
  it('says of each list what it holds and whether the API takes it, and names no other', () => {
    const wanted = listsOf(LOG_SOURCES).map(
      ({ name, holds, api }) => `| \`${name}\` | ${holds} | ${api ? 'yes' : 'no'} |`,
    );
    expect(rows.filter((row) => row.startsWith('| `misp-'))).toEqual(wanted);
  });

  it('names each log source, with the block of ids that its rules lie in', () => {
    for (const { id, lookUps, grouping } of LOG_SOURCES) {
      const row = rows.find((line) => line.startsWith(`| \`${id}\` |`)) ?? '';
      const [, first = NaN, last = NaN] = (/(\d+) to (\d+) \|$/.exec(row) ?? []).map(Number);
      for (const rule of [...lookUps, ...(grouping === undefined ? [] : [grouping])]) {
        expect(rule.id).toBeGreaterThanOrEqual(first);
        expect(rule.id).toBeLessThan(last);
      }
    }
  });

  it('names each list that has to be delivered as a file', () => {
    const byFile = listsOf(LOG_SOURCES).filter(({ api }) => !api);
    const sentence = /It takes all lists but ([^:]*), whose keys/s.exec(page)?.[1] ?? '';
    expect(sentence.match(/misp-[a-z-]+/g)).toEqual(byFile.map(({ name }) => name));
  });
});
