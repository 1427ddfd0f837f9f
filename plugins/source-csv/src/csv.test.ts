import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Indicator, StageServices } from '@misp-pipeline/core';
import { readSource, type SourceReading, testServices } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import plugin from './index.ts';

let services: StageServices;

beforeEach(() => {
  services = testServices({ id: 'feed' });
});
afterEach(() => rmSync(services.stateDir, { recursive: true }));

function read(lines: readonly string[], options: Record<string, unknown>): Promise<SourceReading> {
  const url = join(services.stateDir, 'feed.csv');
  writeFileSync(url, lines.join('\r\n'));
  return readSource(plugin.create(plugin.options.parse({ url, ...options }), services));
}

const short = ({ kind, value, port }: Indicator) => `${kind} ${value}${port === undefined ? '' : `|${port}`}`;
const values = ({ indicators }: SourceReading) => indicators.map(short);
const rejections = ({ rejected }: SourceReading) => rejected.map(({ reason, place }) => `${reason} ${place}`);

describe('source csv', () => {
  it('reads columns by the headings of the last comment line', async () => {
    const lines = [
      '# "first_seen","value","type","family","last_seen","tags"',
      '"2026-03-15 04:51:02", "evil.example", "domain", "Loader", "", "loader,js"',
      '"2026-03-15 04:51:03", "192.0.2.1:443", "ip:port", "None", "2026-03-16 00:00:00", "None"',
      '# END',
    ];
    const columns = {
      ...{ value: 'value', type: 'type', comment: 'family', tags: 'tags' },
      ...{ firstSeen: 'first_seen', lastSeen: 'last_seen' },
    };
    const reading = await read(lines, { header: true, columns, tags: ['tlp:clear'] });
    expect(reading.indicators).toMatchObject([
      {
        ...{ kind: 'domain', value: 'evil.example', tags: ['js', 'loader', 'tlp:clear'] },
        ...{ firstSeen: Date.parse('2026-03-15T04:51:02Z') / 1000, lastSeen: undefined },
        origins: [{ comment: 'line 2: Loader', type: 'domain' }],
      },
      {
        ...{ kind: 'ipv4', value: '192.0.2.1', port: 443, tags: ['tlp:clear'] },
        ...{ lastSeen: Date.parse('2026-03-16T00:00:00Z') / 1000 },
        origins: [{ comment: 'line 3', type: 'ip-dst|port' }],
      },
    ]);
    expect(rejections(reading)).toEqual(['skipped:comment feed.csv:1', 'skipped:comment feed.csv:4']);
  });

  it('reads columns by the headings of the first row', async () => {
    const reading = await read(['# ours', '#', 'seen,IP,port', '2026,192.0.2.1,4643'], {
      ...{ header: true, columns: { value: 'ip', port: 'port' }, type: 'ip-dst' },
    });
    expect(values(reading)).toEqual(['ipv4 192.0.2.1|4643']);
    expect(rejections(reading)).toContain('skipped:heading feed.csv:3');
  });

  it('reads columns by their numbers', async () => {
    const reading = await read(['1;evil.example;#phishing #scam', '2;192.0.2.1;'], {
      ...{ delimiter: ';', columns: { value: 2, tags: 3 } },
    });
    expect(values(reading)).toEqual(['domain evil.example', 'ipv4 192.0.2.1']);
    expect(reading.indicators.map(({ tags }) => tags)).toEqual([['phishing', 'scam'], []]);
  });

  it('reads several columns of values', async () => {
    const reading = await read(['evil.example,192.0.2.1'], { columns: { value: [1, 2] } });
    expect(values(reading)).toEqual(['domain evil.example', 'ipv4 192.0.2.1']);
  });

  it('takes the type from a column first, then the fixed one, then from the value', async () => {
    const lines = ['a.evil.example,domain', 'b.evil.example,', 'c.evil.example,Bad Host'];
    const columns = { value: 1, type: 2 };
    const typeNames = { 'bad host': 'hostname' };
    const of = async (options: object) => values(await read(lines, { columns, typeNames, ...options }));
    expect(await of({})).toEqual(['domain a.evil.example', 'hostname b.evil.example', 'hostname c.evil.example']);
    expect(await of({ type: 'domain' })).toEqual([
      'domain a.evil.example',
      'domain b.evil.example',
      'hostname c.evil.example',
    ]);
  });

  it('accounts for what is no value', async () => {
    const lines = [
      'heading,type',
      'evil.example,carrier pigeon',
      ',domain',
      'e v i l,domain',
      'x,"open',
      'f.example,domain',
    ];
    const reading = await read(lines, { columns: { value: 1, type: 2 } });
    expect(reading.read).toBe(6);
    expect(values(reading)).toEqual(['domain f.example']);
    expect(rejections(reading)).toEqual([
      'rejected:unknown-type feed.csv:1',
      'rejected:unknown-type feed.csv:2',
      'rejected:empty feed.csv:3',
      'rejected:invalid-host feed.csv:4',
      'rejected:malformed-row feed.csv:5',
    ]);
  });

  it('takes no placeholder for a value', async () => {
    const reading = await read(['None', '-', 'Evil/1.0'], { columns: { value: 1 }, type: 'user-agent' });
    expect(values(reading)).toEqual(['user-agent Evil/1.0']);
    expect(reading.rejected.map(({ reason, value }) => [reason, value])).toEqual([
      ['rejected:empty', 'None'],
      ['rejected:empty', '-'],
    ]);
  });

  it('keeps an address whose port cannot be used, and says so of the port', async () => {
    const reading = await read(['192.0.2.1,0', '192.0.2.2,80/tcp', '192.0.2.3,80'], { columns: { value: 1, port: 2 } });
    expect(values(reading)).toEqual(['ipv4 192.0.2.1', 'ipv4 192.0.2.2', 'ipv4 192.0.2.3|80']);
    expect(rejections(reading)).toEqual(['rejected:invalid-port feed.csv:1', 'rejected:invalid-port feed.csv:2']);
  });

  it.each([{}, { type: 'url' }])('reads each of several URLs in a cell (%j)', async (type) => {
    const lines = ['"http://a.example/x http://b.example/y"', '"http://c.example/x, hxxp://d.example/y"'];
    const reading = await read(lines, { columns: { value: 1 }, ...type });
    expect(values(reading)).toEqual([
      'url http://a.example/x',
      'url http://b.example/y',
      'url http://c.example/x',
      'url http://d.example/y',
    ]);
  });

  it.each([
    ['in the first row', ['# our list, v1', 'ua,seen', 'Evil/1.0,2026'], 'user-agent', ['user-agent Evil/1.0']],
    ['in the comment', ['# ua,seen', 'Evil/1.0,2026'], 'user-agent', ['user-agent Evil/1.0']],
    ['in a comment of more cells', ['# ip,port,x', '192.0.2.1,80'], 'ip-dst', ['ipv4 192.0.2.1']],
  ])('passes over headings %s when columns are given by number', async (_, lines, type, found) => {
    expect(values(await read(lines, { header: true, columns: { value: 1 }, type }))).toEqual(found);
  });

  it('names a column that is missing in a message that is short and plain', async () => {
    const headings = `\u001b[2J,${'x'.repeat(5000)}`;
    const reading = read([headings, 'evil.example,x'], { header: true, columns: { value: 'ioc' } });
    await expect(reading).rejects.toThrow(/^[^\u001b]{1,500}$/);
  });

  it.each([
    ['moved', (i: number) => `2026-11-24,192.0.2.${i}`],
    ['became a page', (i: number) => `<p>line ${i}</p>`],
  ])('counts no values in columns that %s', async (_, line) => {
    const rows = (row: (i: number) => string) => Array.from({ length: 8 }, (__, i) => row(i));
    const options = { columns: { value: 1 }, type: 'ip-dst' };
    await read(
      rows((i) => `192.0.2.${i},x`),
      options,
    );
    await expect(read(rows(line), options)).rejects.toThrow(/0 values instead of 8 in the last run/);
  });

  it('keeps rows apart that say different things of one value, and skips repeated ones', async () => {
    const reading = await read(['evil.example,one', 'evil.example,two', 'evil.example,one'], {
      columns: { value: 1, comment: 2 },
    });
    expect(reading.indicators.map(({ origins }) => origins[0]?.comment)).toEqual(['line 1: one', 'line 2: two']);
    expect(rejections(reading)).toEqual(['skipped:repeated feed.csv:3']);
  });

  it('refuses a file that lost a column that is named', async () => {
    const reading = read(['ip,seen', '192.0.2.1,2026'], { header: true, columns: { value: 'address' } });
    await expect(reading).rejects.toThrow(
      'source `feed` is incomplete: the column that `columns.value` names is not among the headings `ip, seen`',
    );
  });
});
