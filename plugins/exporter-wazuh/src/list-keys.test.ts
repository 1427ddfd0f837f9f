import type { Indicator } from '@misp-pipeline/core';
import { anIndicator } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { isPlain } from './cdb.ts';
import type { CdbList } from './cdb-list.ts';
import { ListKeys } from './list-keys.ts';
import { DOMAIN } from './lists/names.ts';
import { URL_FULL } from './lists/web.ts';

function filled(list: CdbList, indicators: readonly Indicator[]) {
  const keys = new ListKeys(list);
  const added = indicators.map((indicator) => keys.add(indicator, isPlain(indicator.value)));
  const found: string[] = [];
  keys.forEach((key, severity) => {
    found.push(`${severity} ${key}`);
  });
  return { added, found };
}

describe('ListKeys', () => {
  it('leaves out keys that cannot be written, and says whether any key was added', () => {
    const { added, found } = filled(URL_FULL, [
      anIndicator('url', 'http://evil.example/a'),
      anIndicator('url', 'http://evil.example/"'),
      anIndicator('url', `http://evil.example/${'b'.repeat(1024)}`),
      anIndicator('url', 'http://evil.example/é'),
    ]);
    expect(added).toEqual([true, false, false, true]);
    expect(found).toEqual(['high http://evil.example/a', 'high http://evil.example/é']);
  });

  it('says that nothing was added when the list is not for the indicator', () => {
    const { added, found } = filled(DOMAIN, [anIndicator('hostname', 'evil.example', { port: 8443 })]);
    expect(added).toEqual([false]);
    expect(found).toEqual([]);
  });

  it('gives keys in ascending order whatever their severity, each once with the highest', () => {
    const { found } = filled(DOMAIN, [
      anIndicator('hostname', 'c.example', { severity: 'high' }),
      anIndicator('hostname', 'b.example', { severity: 'unknown' }),
      anIndicator('hostname', 'a.example', { severity: 'low' }),
      anIndicator('hostname', 'b.example', { severity: 'medium' }),
      anIndicator('hostname', 'b.example', { severity: 'medium', direction: 'destination' }),
    ]);
    expect(found).toEqual(['low a.example', 'medium b.example', 'high c.example']);
  });
});
