import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StageIds, z } from '@misp-pipeline/core';
import { describe, expect, it } from 'vitest';
import { openSids, sidOptions, sidsOf } from './sids.ts';

function aRuleFile(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'sids-')), 'site.rules');
  writeFileSync(file, text);
  return file;
}

const someServices = () => ({ id: 'ids', ids: new StageIds('ids') });

describe('sidsOf', () => {
  it('finds the sids of rules in any spelling', () => {
    const rules = [
      'alert ip any any -> any any (msg:"a"; sid:1; rev:2;)',
      'drop tcp any any -> any 80 (sid : 22 ;msg:"b";)',
      'alert ip any any -> any any (msg:"c"; \\',
      '  sid:333;)',
    ];
    expect(sidsOf(rules.join('\n'))).toEqual([1, 22, 333]);
  });

  it('passes over rules that are commented out, and text that only looks like a sid', () => {
    const rules = [
      '# alert ip any any -> any any (sid:1;)',
      '  #alert ip any any -> any any (sid:2;)',
      'alert ip any any -> any any (msg:"not a sid:3\\; but text"; metadata:sid 4; gid:5; rev:6; sid:7;)',
    ];
    expect(sidsOf(rules.join('\r\n'))).toEqual([7]);
  });
});

describe('openSids', () => {
  const range = { first: 5, last: 7 };

  it('gives no sid of another rule file', () => {
    const otherRules = [aRuleFile('alert ip any any -> any any (sid:5;)'), aRuleFile('alert x (sid:7;)\n')];
    const sids = openSids({ sids: range, otherRules }, someServices());
    expect(sids.assign('a', 'text').id).toBe(6);
  });

  it('stops when another rule file has taken a sid that was given before', () => {
    const services = someServices();
    const { id } = openSids({ sids: range, otherRules: [] }, services).assign('a', 'text');
    const file = aRuleFile(`alert ip any any -> any any (sid:${id};)`);
    const sids = openSids({ sids: range, otherRules: [file] }, services);
    expect(() => sids.assign('a', 'text')).toThrow(expect.objectContaining({ code: 'SID_CLASH' }));
  });

  it('names a rule file that cannot be read', () => {
    expect(() => openSids({ sids: range, otherRules: ['/nowhere/site.rules'] }, someServices())).toThrow(
      '/nowhere/site.rules',
    );
  });
});

describe('sidOptions', () => {
  const options = z.strictObject(sidOptions);

  it('stays clear of the ranges of local and public rules', () => {
    expect(options.parse({}).sids).toEqual({ first: 1_000_000_000, last: 1_999_999_999 });
  });

  it('refuses a range that ends before it begins, and numbers that an engine refuses', () => {
    expect(options.safeParse({ sids: { first: 10, last: 9 } }).success).toBe(false);
    expect(options.safeParse({ sids: { first: 0 } }).success).toBe(false);
    expect(options.safeParse({ sids: { last: 4_294_967_295 } }).success).toBe(false);
  });
});
