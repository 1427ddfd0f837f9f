import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFeed } from './floor.ts';
import { type Attribute, generateEvents, writeFeed } from './generate.ts';
import { TO_IDS, TYPES } from './mix.ts';
import { Rows, writeRows } from './rows.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'bench-test-'));

function attributesOf(count: number): Attribute[] {
  return [...generateEvents(count, 7)].flatMap((event) => [
    ...event.Attribute,
    ...event.Object.flatMap((object) => object.Attribute),
  ]);
}

describe('generated intelligence', () => {
  it('has as many attributes as asked for, the same ones for the same seed', () => {
    expect(attributesOf(2500)).toHaveLength(2500);
    expect(JSON.stringify(attributesOf(2500))).toBe(JSON.stringify(attributesOf(2500)));
  });

  it('has the shares of the measured mix', () => {
    const attributes = attributesOf(20_000);
    const marked = attributes.filter((attribute) => attribute.to_ids);
    const share = (type: string) => marked.filter((attribute) => attribute.type === type).length / marked.length;
    expect(marked.length / attributes.length).toBeCloseTo(TO_IDS, 1);
    for (const type of ['url', 'domain', 'sha256', 'ip-dst']) expect(share(type)).toBeCloseTo(TYPES[type] ?? 0, 1);
  });

  it('repeats about one value in twenty', () => {
    const values = attributesOf(20_000).map(({ type, value }) => `${type} ${value}`);
    const repeated = 1 - new Set(values).size / values.length;
    expect(repeated).toBeGreaterThan(0.03);
    expect(repeated).toBeLessThan(0.08);
  });
});

it('writes a feed whose manifest names every event', () => {
  const { dir, files } = writeFeed(folder(), 3500, 7);
  expect(readFeed(dir)).toBe(4);
  expect(files).toHaveLength(5);
});

it('writes rows that can be read page by page in their order', () => {
  const dir = folder();
  writeRows(dir, 2500, 7);
  const rows = new Rows(dir);
  const ids = [0, 1000, 2000, 3000].flatMap((start) => {
    const json = rows.json(start, Math.min(start + 1000, rows.count)).toString('utf8');
    const page: readonly { id: string }[] = JSON.parse(`[${json}]`);
    return page.map(({ id }) => id);
  });
  rows.close();
  expect(ids).toEqual(Array.from({ length: 2500 }, (_, i) => String(i + 1)));
  expect(readFileSync(join(dir, 'ends'))).toHaveLength(2500 * 8);
});
