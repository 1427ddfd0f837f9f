import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Mirror } from './mirror.ts';
import { RowWriter } from './mirrored-row.ts';

let dir: string;
let mirror: Mirror;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'mirror-'));
  mirror = new Mirror(join(dir, 'mirror.sqlite'));
});

afterEach(() => {
  mirror.close();
  rmSync(dir, { recursive: true });
});

const EVENT = { id: '7', uuid: 'e', info: 'Phishing', published: true, Tag: [{ name: 'tlp:green' }] };

function attribute(id: number, fields: Record<string, unknown> = {}): object {
  return { id: String(id), type: 'domain', value: `host${id}.example.net`, to_ids: true, Event: EVENT, ...fields };
}

function put(...attributes: readonly object[]): void {
  const writer = new RowWriter();
  for (const each of attributes) {
    const row = writer.rowOf(each);
    if (row !== undefined) mirror.put(row);
  }
}

function values(): unknown[] {
  return [...mirror.rows()].map((row) => (row as { value: unknown }).value);
}

describe('Mirror', () => {
  it('gives back attributes in the order of their numbers, those of an event with the same object', () => {
    put(attribute(12), attribute(3));
    const rows = [...mirror.rows()] as { value: string; Event: unknown }[];
    expect(rows.map(({ value }) => value)).toEqual(['host3.example.net', 'host12.example.net']);
    expect(rows[0]?.Event).toBe(rows[1]?.Event);
    expect(rows[0]?.Event).toMatchObject({ uuid: 'e', info: 'Phishing', Tag: ['tlp:green'] });
  });

  it('keeps the tags of an event once, and tells them from those of the attribute', () => {
    const inherited = { name: 'tlp:green', inherited: 1 };
    put(attribute(1, { Tag: [{ name: 'own' }, inherited] }), attribute(2, { Tag: [inherited] }));
    put(
      attribute(3, { Tag: [{ name: 'tlp:green', local: false }] }),
      attribute(4, { Tag: [{ name: 'x', inherited: 1 }] }),
    );
    expect([...mirror.rows()].map((row) => (row as { Tag?: unknown }).Tag)).toEqual([
      ['own'],
      undefined,
      ['tlp:green'],
      ['x'],
    ]);
  });

  it('forgets what a transaction did that is rolled back', () => {
    put(attribute(1));
    mirror.begin();
    put(attribute(2), attribute(1, { value: 'changed.example.net' }));
    mirror.removeEvent(7, 'event');
    mirror.rollback();
    expect(values()).toEqual(['host1.example.net']);
    mirror.begin();
    put(attribute(2));
    mirror.commit();
    expect(values()).toEqual(['host1.example.net', 'host2.example.net']);
  });

  it('removes what was not seen, except for some events', () => {
    put(attribute(1), attribute(2), attribute(3, { Event: { id: '8' } }), attribute(4, { Event: { id: '9' } }));
    mirror.forgetWalked();
    put(attribute(2));
    expect(mirror.removeAllUnwalked([8], 'attribute')).toBe(2);
    expect(values()).toEqual(['host2.example.net', 'host3.example.net']);
  });

  it('names what it removed and what got another value, until the next sync begins', () => {
    mirror.begin();
    put(
      attribute(1),
      attribute(2, { comment: 'long', Tag: [{ name: 'own' }] }),
      attribute(3, { Event: { id: '8', uuid: 'f' } }),
    );
    put(
      attribute(1, { value: 'changed.example.net' }),
      attribute(1, { value: 'changed.example.net', comment: 'more' }),
    );
    mirror.removeEvent(8, 'event');
    mirror.forgetWalked();
    mirror.removeUnwalked(7, 'attribute');
    const withdrawn = [...mirror.withdrawn()].map(({ why, attribute: { value, comment, Tag, Event } }) => {
      return [why, value, (Event as { uuid: string }).uuid, comment ?? Tag];
    });
    expect(withdrawn).toEqual([
      ['edited', 'host1.example.net', 'e', undefined],
      ['event', 'host3.example.net', 'f', undefined],
      ['attribute', 'changed.example.net', 'e', undefined],
      ['attribute', 'host2.example.net', 'e', undefined],
    ]);
    mirror.commit();
    mirror.begin();
    expect([...mirror.withdrawn()]).toEqual([]);
    mirror.rollback();
  });

  it('names hostile text as it was', () => {
    const value = `'); DROP TABLE attribute; -- \u0000 \ud800 \u2028 "\\`;
    put(attribute(1, { value }));
    mirror.removeAttributes(7, 'unpublished');
    expect([...mirror.withdrawn()].map(({ attribute: { value: named } }) => named)).toEqual([value]);
  });

  it('lasts, and is made anew when its layout is another', () => {
    put(attribute(1));
    mirror.close();
    mirror = new Mirror(join(dir, 'mirror.sqlite'));
    expect(values()).toEqual(['host1.example.net']);
    mirror.close();
    const database = new DatabaseSync(join(dir, 'mirror.sqlite'));
    database.exec('PRAGMA user_version = 99');
    database.close();
    mirror = new Mirror(join(dir, 'mirror.sqlite'));
    expect(values()).toEqual([]);
    expect(mirror.sweep).toBeUndefined();
  });

  it('is opened while another process makes it', async () => {
    const path = join(dir, 'new.sqlite');
    const maker = new Worker(new URL('../../testing/make-mirror.ts', import.meta.url), { workerData: path });
    await once(maker, 'message');
    const other = new Mirror(path);
    expect(other.sweep).toBeUndefined();
    other.close();
  });

  it.each([
    ['no number', {}],
    ['an event without a number', { id: '1', Event: {} }],
    ['nonsense', { id: 'x', event_id: 0 }],
  ])('has no place for an attribute with %s', (_what, row) => {
    expect(new RowWriter().rowOf(row)).toBeUndefined();
  });

  it('can be read while a sync is under way, as it was before', () => {
    put(attribute(1));
    mirror.begin();
    put(attribute(1, { value: 'changed.example.net' }), attribute(2));
    const reader = new Mirror(join(dir, 'mirror.sqlite'));
    expect([...reader.rows()]).toMatchObject([{ value: 'host1.example.net' }]);
    const rows = reader.rows();
    rows.next();
    mirror.commit();
    rows.return(undefined);
    expect([...reader.rows()]).toHaveLength(2);
    reader.close();
  });

  it('is read as it was when reading began, however long that takes', () => {
    const many = 12_000;
    put(...Array.from({ length: many }, (_, i) => attribute(i + 1)));
    const reader = new Mirror(join(dir, 'mirror.sqlite'));
    const rows = reader.rows();
    rows.next();
    put(attribute(many, { value: 'changed.example.net' }));
    const rest = [...rows] as { value: string }[];
    expect(rest).toHaveLength(many - 1);
    expect(rest.at(-1)?.value).toBe(`host${many}.example.net`);
    reader.close();
  });

  it('is for the eyes of its owner', () => {
    put(attribute(1));
    for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).mode & 0o077, name).toBe(0);
  });

  it('keeps hostile text as it is', () => {
    const value = `'); DROP TABLE attribute; -- \u0000 \ud800 \u2028 "\\`;
    put(attribute(1, { value, comment: value }));
    expect(values()).toEqual([value]);
  });
});
