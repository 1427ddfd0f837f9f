import type { Indicator, IndicatorKind } from '@misp-pipeline/core';
import { anIndicator, MemoryOutput } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { readCdb } from '../testing/cdb-reader.ts';
import { ListKeys } from './list-keys.ts';
import { writeList } from './list-writer.ts';
import { IP_DESTINATION } from './lists/addresses.ts';
import { HASH } from './lists/files.ts';
import { CONNECT, DOMAIN } from './lists/names.ts';

function written(list: typeof DOMAIN, indicators: readonly Indicator[]): MemoryOutput {
  const output = new MemoryOutput();
  const keys = new ListKeys(list);
  for (const indicator of indicators) keys.add(indicator, true);
  writeList(keys, (kind: IndicatorKind) => indicators.filter((indicator) => indicator.kind === kind), output);
  return output;
}

describe('writeList', () => {
  it('writes keys in ascending order, each with its severity', () => {
    const output = written(DOMAIN, [
      anIndicator('domain', 'a.example', { severity: 'low' }),
      anIndicator('domain', 'a-b.example', { severity: 'unknown' }),
      anIndicator('hostname', 'a.b.example', { severity: 'medium' }),
    ]);
    expect(output.text('lists/misp-domain').split('\n')).toEqual([
      'a-b.example:unknown',
      'a.b.example:medium',
      'a.example:low',
      'www.a-b.example:unknown',
      'www.a.example:low',
      '',
    ]);
  });

  it('writes a key once, with the highest severity that any indicator has', () => {
    const output = written(DOMAIN, [
      anIndicator('domain', 'evil.example', { severity: 'low' }),
      anIndicator('hostname', 'evil.example', { severity: 'high' }),
      anIndicator('hostname', 'www.evil.example', { severity: 'unknown' }),
    ]);
    expect(output.text('lists/misp-domain')).toBe('evil.example:high\nwww.evil.example:low\n');
  });

  it('tells keys apart that begin alike, also with colons in them', () => {
    const output = written(CONNECT, [
      anIndicator('hostname', 'a.example', { port: 1, severity: 'low' }),
      anIndicator('hostname', 'a.example', { port: 10, severity: 'high' }),
      anIndicator('domain', 'a.example', { port: 1, severity: 'medium' }),
    ]);
    expect([...readCdb(output.text('lists/misp-connect'))]).toEqual([
      ['a.example:1', 'medium'],
      ['a.example:10', 'high'],
      ['www.a.example:1', 'medium'],
    ]);
  });

  it('counts lines that hold an indicator', () => {
    const output = written(HASH, [anIndicator('md5', '44d88612fea8a8f36de82e1278abb02f')]);
    expect(output.files.get('lists/misp-hash')?.entries).toBe(1);
  });

  it('puts a line that never hits into a list that would be empty', () => {
    const output = written(HASH, []);
    expect(output.text('lists/misp-hash')).toBe('misp.invalid:\n');
    expect(output.files.get('lists/misp-hash')?.entries).toBe(0);
  });

  it('places an indicator at each of its lines, as they were written', () => {
    const low = anIndicator('ipv6', '2001:db8::1', { severity: 'low' });
    const high = anIndicator('ipv6', '2001:db8::1', { severity: 'high', direction: 'destination' });
    const { placements } = written(IP_DESTINATION, [low, high]);
    expect(placements.filter(({ indicator }) => indicator === low).map(({ placement }) => placement)).toEqual([
      { file: 'lists/misp-ip-dst', text: '"2001:db8::1":high' },
      { file: 'lists/misp-ip-dst', text: '"2001:0db8:0000:0000:0000:0000:0000:0001":high' },
      { file: 'lists/misp-ip-dst', text: '"2001:db8:0:0:0:0:0:1":high' },
    ]);
  });
});
