import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dnsAlert } from '../../testing/eve.ts';
import { type FakeSightings, startFakeSightings, type Way } from '../../testing/fake-sightings.ts';
import { aKnownIndicator } from '../../testing/memory-index.ts';
import { aCollector, aPoster, NOON, openOutbox } from '../../testing/pipeline.ts';
import { readFile } from '../stream/read-file.ts';
import type { Outbox } from './outbox.ts';

const SID = 1_000_000_001;
const known = ['a', 'b', 'c', 'd'].map((name) =>
  aKnownIndicator({ kind: 'domain', value: `${name}.example` }, { source: 'cert', attribute: `uuid-${name}` }),
);
const signal = new AbortController().signal;

let folder: string;
let log: string;
let outbox: Outbox;
let server: FakeSightings | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sightings-'));
  log = join(folder, 'eve.json');
  outbox = openOutbox(folder);
});

afterEach(async () => {
  outbox.close();
  await server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

const write = (...lines: readonly string[]) => appendFileSync(log, lines.map((line) => `${line}\n`).join(''));

async function collect() {
  const collector = aCollector(outbox, known);
  await collector.collect(readFile(log, { signal, from: outbox.positionOf('eve.json') }));
  return collector.counts;
}

async function start(...ways: readonly Way[]): Promise<FakeSightings> {
  server = await startFakeSightings((request) => ways[request] ?? 'store');
  return server;
}

/** Attributes that the server has, with repeats. */
const attributesOf = ({ stored }: FakeSightings) => stored.map(({ attribute }) => attribute).sort();

describe('counting alerts', () => {
  it('makes one sighting of all alerts of an attribute in an hour', async () => {
    write(...Array.from({ length: 50 }, () => dnsAlert(SID, 'www.a.example')));
    write(dnsAlert(SID, 'a.example', '2026-11-24T11:00:00+0000'), dnsAlert(SID, 'b.example'));
    expect(await collect()).toMatchObject({ lines: 52, alerts: 52, ours: 52, mapped: 52, counted: 52, sightings: 3 });
  });

  it('counts what is no alert of ours, and what nobody knows, under its reason', async () => {
    write('{"event_type":"dns"}', 'no JSON "alert"', `${'['.repeat(100_000)}"alert"`);
    write(
      dnsAlert(2_000_001, 'a.example'),
      dnsAlert(SID, 'unknown.test'),
      dnsAlert(SID, 'a.example', '2027-01-01T00:00:00Z'),
    );
    const counts = await collect();
    expect(counts).toMatchObject({ lines: 6, malformed: 2, alerts: 3, ours: 2, mapped: 0 });
    expect(counts.unmapped.toJSON()).toEqual({ 'from-the-future': 1, 'not-in-index': 1 });
  });

  it('names sources that take no sightings', async () => {
    const foreign = aKnownIndicator({ kind: 'domain', value: 'x.example' }, { source: 'osint', attribute: 'u' });
    write(dnsAlert(SID, 'x.example'));
    const collector = aCollector(outbox, [foreign]);
    await collector.collect(readFile(log, { signal }));
    expect(collector.counts.notReportable.toJSON()).toEqual({ osint: 1 });
    expect(outbox.waiting).toBe(0);
  });

  it('reads on where it stopped', async () => {
    write(dnsAlert(SID, 'a.example'));
    await collect();
    write(dnsAlert(SID, 'b.example'));
    expect(await collect()).toMatchObject({ lines: 1, sightings: 1 });
    expect(outbox.due('cert', NOON, 9).map(({ attribute, count }) => `${attribute} ${count}`)).toEqual([
      'uuid-a 1',
      'uuid-b 1',
    ]);
  });

  it('lets one program at a time have the outbox', () => {
    expect(() => openOutbox(folder)).toThrow(expect.objectContaining({ code: 'LOCK_HELD' }));
  });
});

describe('posting', () => {
  beforeEach(async () => {
    write(...['a', 'b', 'c', 'd'].map((name) => dnsAlert(SID, `${name}.example`)));
    await collect();
  });

  it('tells MISP the attribute, the hour and a name, and nothing else of what was observed', async () => {
    const misp = await start();
    expect(await aPoster(outbox, misp.url).round()).toMatchObject({ posted: 4, fault: undefined });
    expect(misp.stored[0]).toEqual({
      attribute: 'uuid-a',
      source: expect.stringMatching(/^lab [0-9a-f]{16}$/),
      timestamp: NOON - 2 * 3600,
      type: '0',
    });
    expect(misp.requests.join()).not.toMatch(/10\.1\.2\.3|10\.9\.9\.9|sensor-7|corp|example/);
    expect(outbox.waiting).toBe(0);
  });

  it('tells how many alerts there were, and when the last one was, where that is wanted', async () => {
    const misp = await start();
    await aPoster(outbox, misp.url, { reporter: { name: 'lab', privacy: 'counts', salt: outbox.salt } }).round();
    expect(misp.stored[0]).toMatchObject({ source: expect.stringMatching(/ \(1\)$/), timestamp: NOON - 7199 });
  });

  it('waits for the end of the hour, and for alerts that come a little late', async () => {
    const misp = await start();
    const atTen = NOON - 2 * 3600;
    const now = (seconds: number) => () => atTen + seconds;
    expect(await aPoster(outbox, misp.url, { now: now(3899) }).round()).toMatchObject({ posted: 0 });
    expect(await aPoster(outbox, misp.url, { now: now(3900) }).round()).toMatchObject({ posted: 4 });
  });

  it('takes a failure that is answered with 200 for what it is, and goes on', async () => {
    const misp = await start('refuse');
    const { posted, refused } = await aPoster(outbox, misp.url).round();
    expect(posted).toBe(3);
    expect([...refused]).toEqual([['No valid attributes found that match the criteria.', 1]]);
    expect(outbox.waiting).toBe(0);
  });

  it('does not send again what was stored when the connection broke, or the server', async () => {
    const misp = await start('drop', 'break');
    expect(await aPoster(outbox, misp.url).round()).toMatchObject({ posted: 2, confirmed: 2, fault: undefined });
    expect(attributesOf(misp)).toEqual(['uuid-a', 'uuid-b', 'uuid-c', 'uuid-d']);
  });

  it('sends again what was lost', async () => {
    const misp = await start('lose', 'store', 'lose');
    expect(await aPoster(outbox, misp.url).round()).toMatchObject({ posted: 4, confirmed: 0 });
    expect(attributesOf(misp)).toEqual(['uuid-a', 'uuid-b', 'uuid-c', 'uuid-d']);
  });

  it('waits when the server is busy', async () => {
    const misp = await start('busy', 'busy');
    expect(await aPoster(outbox, misp.url).round()).toMatchObject({ posted: 4, fault: undefined });
    expect(attributesOf(misp)).toEqual(['uuid-a', 'uuid-b', 'uuid-c', 'uuid-d']);
  });

  it('keeps everything when the key may not, and asks no more', async () => {
    const misp = await start('forbid');
    const { posted, fault } = await aPoster(outbox, misp.url).round();
    expect({ posted, kind: fault?.kind, requests: misp.requests.length }).toEqual({
      posted: 0,
      kind: 'refused',
      requests: 1,
    });
    expect(outbox.waiting).toBe(4);
  });

  it('leaves a server alone that fails again and again', async () => {
    const misp = await start(...Array.from({ length: 50 }, (): Way => 'lose'));
    expect(await aPoster(outbox, misp.url).round()).toMatchObject({ posted: 0, fault: { kind: 'failed' } });
    expect(misp.requests.length).toBeLessThan(6);
    expect(outbox.waiting).toBe(4);
  });

  it('leaves late alerts out, or makes a further sighting of them where that is wanted', async () => {
    const misp = await start();
    await aPoster(outbox, misp.url).round();
    write(dnsAlert(SID, 'a.example'), dnsAlert(SID, 'a.example'));
    expect(await collect()).toMatchObject({ late: 2, counted: 0 });
    outbox.close();
    outbox = openOutbox(folder, { late: true });
    write(dnsAlert(SID, 'a.example'));
    expect(await collect()).toMatchObject({ late: 0, counted: 1, sightings: 1 });
    expect(await aPoster(outbox, misp.url).round()).toMatchObject({ posted: 1 });
    expect(attributesOf(misp)).toEqual(['uuid-a', 'uuid-a', 'uuid-b', 'uuid-c', 'uuid-d']);
    expect(new Set(misp.stored.map(({ source }) => source)).size).toBe(5);
  });

  it('posts nothing again after what was posted is forgotten', async () => {
    const misp = await start();
    await aPoster(outbox, misp.url).round();
    outbox.forget(NOON + 1);
    outbox.close();
    outbox = openOutbox(folder, { late: true });
    writeFileSync(log, `${dnsAlert(SID, 'a.example', '2026-11-24T10:30:00Z')}\n`);
    expect(await collect()).toMatchObject({ mapped: 1, late: 1 });
    expect(await aPoster(outbox, misp.url).round()).toMatchObject({ posted: 0 });
  });

  it('changes nothing in a dry run', async () => {
    outbox.close();
    outbox = openOutbox(folder, { dryRun: true });
    write(dnsAlert(SID, 'a.example'));
    expect(await collect()).toMatchObject({ counted: 1 });
    expect(outbox.due('cert', NOON, 9)[0]).toMatchObject({ attribute: 'uuid-a', count: 2 });
    outbox.close();
    outbox = openOutbox(folder);
    expect(outbox.due('cert', NOON, 9)[0]).toMatchObject({ attribute: 'uuid-a', count: 1 });
  });
});
