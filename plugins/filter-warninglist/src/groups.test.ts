import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { groupList, policyTable } from '../scripts/policy-table.ts';
import { GROUP_NAMES, GROUPS } from './groups.ts';

const page = readFileSync(new URL('../../../docs/false-positives.md', import.meta.url), 'utf8');

describe('the groups of lists', () => {
  it('stand in docs/false-positives.md as they are (measure.ts --policy prints them)', () => {
    expect(page).toContain(policyTable());
    expect(page).toContain(groupList());
  });

  it('are each defended there', () => {
    const reasons = page.slice(page.indexOf('## Why these rules'));
    expect(
      GROUP_NAMES.filter(
        (name) => name !== 'harmless-hashes' && name !== 'own-exercises' && !reasons.includes(`\`${name}\``),
      ),
    ).toEqual([]);
  });

  it('end with the one that takes every list', () => {
    expect(GROUP_NAMES.at(-1)).toBe('other');
    expect(GROUPS.other.lists).toEqual(['*']);
  });

  it('have no name that is also an action, so that a config can give either', () => {
    for (const action of ['drop', 'tag', 'keep']) expect(GROUP_NAMES).not.toContain(action);
  });
});
