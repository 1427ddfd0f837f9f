import type { Indicator, IndicatorKind } from '@misp-pipeline/core';
import { anIndicator } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { filledLists } from './fill.ts';
import { HASH } from './lists/files.ts';
import { CONNECT, DOMAIN } from './lists/names.ts';

const LINE = 'a.example'.length + '"":unknown\n'.length;
const ROOM = { keys: 10, bytes: 10_000 };

function filled(indicators: readonly Indicator[], room: Partial<typeof ROOM> = {}) {
  const offered = (kind: IndicatorKind) => indicators.filter((indicator) => indicator.kind === kind);
  const result = filledLists([DOMAIN, CONNECT, HASH], offered, 'file', { ...ROOM, ...room });
  const keys = result.lists.map((list) => {
    const found: string[] = [];
    list.forEach((key) => {
      found.push(key);
    });
    return found;
  });
  return { ...result, keys };
}

const hostnames = (...names: readonly string[]) => names.map((name) => anIndicator('hostname', `${name}.example`));

describe('filledLists', () => {
  it('keeps everything that has room', () => {
    const { keys, cut, unlisted } = filled(hostnames('a'));
    expect(keys).toEqual([['a.example'], ['a.example:443'], []]);
    expect(cut.size).toBe(0);
    expect(unlisted).toEqual([]);
  });

  it('cuts what has no room by keys, from all lists, and names the list', () => {
    const { keys, cut } = filled(hostnames('a', 'b', 'c'), { keys: 2 });
    expect(keys).toEqual([['a.example', 'b.example'], ['a.example:443', 'b.example:443'], []]);
    expect([...cut].map(([{ value }, { name }]) => [value, name])).toEqual([['c.example', 'misp-domain']]);
  });

  it('counts keys for each kind of indicator, so that a list of several kinds cuts no more than the others', () => {
    const address = anIndicator('ipv4', '203.0.113.7');
    expect(filled([address, ...hostnames('a', 'b')], { keys: 2 }).cut.size).toBe(0);
  });

  it('cuts what has no room by bytes, the least worthy first', () => {
    const [a, b] = hostnames('a', 'b');
    const worthy = anIndicator('hostname', 'c.example', { confidence: 90 });
    const { cut } = filled(
      [a, b, worthy].filter((one) => one !== undefined),
      { bytes: 2 * LINE + 8 },
    );
    expect([...cut.keys()].map(({ value }) => value)).toEqual(['b.example']);
  });

  it('tells indicators that have no key', () => {
    const port = anIndicator('ipv4', '203.0.113.9', { port: 53, direction: 'source' });
    expect(filled([port]).unlisted).toEqual([port]);
  });
});
