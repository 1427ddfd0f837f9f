import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { isPipelineError, type StageServices } from '@misp-pipeline/core';
import { readSource, type SourceReading, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { eventText, manifestText, sha256Of, uuidOf } from '../testing/event.ts';
import plugin from './index.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));

function folder(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'misp-pipeline-feed-'));
  for (const [name, text] of Object.entries(files)) write(dir, name, text);
  return dir;
}

function write(dir: string, name: string, text: string): void {
  mkdirSync(join(dir, name, '..'), { recursive: true });
  writeFileSync(join(dir, name), text);
}

function read(url: string, options: Record<string, unknown> = {}, services: StageServices = testServices()) {
  return readSource(plugin.create(plugin.options.parse({ url, ...options }), services));
}

async function failureOf(reading: Promise<unknown>) {
  const error: unknown = await reading.catch((thrown: unknown) => thrown);
  if (!isPipelineError(error)) throw new Error(`no PipelineError but ${inspect(error)}`);
  return error;
}

const valuesOf = ({ indicators }: SourceReading) => indicators.map(({ value }) => value);
const placesOf = ({ problems }: SourceReading) => problems.map(({ place, message }) => `${place}: ${message}`);

describe('source misp-feed, of the age of a folder', () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 10, 24, hour));

  it('is that of the manifest', async () => {
    const dir = folder({ 'manifest.json': manifestText({ 1: 10 }), [`${uuidOf(1)}.json`]: eventText(1) });
    utimesSync(join(dir, 'manifest.json'), at(1), at(1));
    expect((await read(dir)).asOf).toEqual(at(1));
  });

  it('is that of the newest file where there is no manifest', async () => {
    const dir = folder({ 'a.json': eventText(1), 'b.json': eventText(2), 'c.json': eventText(3) });
    for (const [name, hour] of [
      ['a', 1],
      ['b', 3],
      ['c', 2],
    ] as const) {
      utimesSync(join(dir, `${name}.json`), at(hour), at(hour));
    }
    expect((await read(dir)).asOf).toEqual(at(3));
    expect((await read(join(dir, 'c.json'))).asOf).toEqual(at(2));
  });
});

describe('source misp-feed on a folder with a manifest', () => {
  it('reads the listed events, in the order of their UUIDs, and nothing else', async () => {
    const dir = folder({
      'manifest.json': manifestText({ 2: '1763971200', 1: 1763971200 }),
      [`${uuidOf(1)}.json`]: eventText(1),
      [`${uuidOf(2)}.json`]: eventText(2),
      [`${uuidOf(3)}.json`]: eventText(3),
      'hashes.csv': '',
    });
    const reading = await read(dir);
    expect(valuesOf(reading)).toEqual(['evil1-0.example.net', 'evil2-0.example.net']);
    expect(reading.problems).toEqual([]);
    expect(reading.indicators[0]?.origins[0]).toMatchObject({ source: 'test', event: { title: 'Event 1' } });
    expect(valuesOf(await read(join(dir, 'manifest.json')))).toEqual(valuesOf(reading));
  });

  it('finds the files of a list beside the manifest, whatever folders it names', async () => {
    const dir = folder({
      'manifest.json': JSON.stringify([{ uuid: uuidOf(1), filename: 'feed/events/first.json' }]),
      'first.json': eventText(1),
    });
    expect(valuesOf(await read(dir))).toEqual(['evil1-0.example.net']);
  });

  it('reports events that are missing, broken or not the ones that are meant, and uses the rest', async () => {
    const dir = folder({
      'manifest.json': JSON.stringify({
        [uuidOf(1)]: { timestamp: 1 },
        [uuidOf(2)]: { timestamp: 1 },
        [uuidOf(3)]: { timestamp: 1, 'integrity:sha256': sha256Of('another') },
        [uuidOf(4)]: { timestamp: 1, 'integrity:sha256': sha256Of(eventText(4)) },
        [uuidOf(5)]: { timestamp: 1 },
        '../../etc/passwd': { timestamp: 1 },
      }),
      [`${uuidOf(2)}.json`]: '{"Event": {"uuid": "x", ',
      [`${uuidOf(3)}.json`]: eventText(3),
      [`${uuidOf(4)}.json`]: eventText(4),
    });
    mkdirSync(join(dir, `${uuidOf(5)}.json`));
    const reading = await read(dir);
    expect(valuesOf(reading)).toEqual(['evil4-0.example.net']);
    expect(placesOf(reading)).toEqual([
      `${join(dir, 'manifest.json')}: \`../../etc/passwd\` is no event UUID`,
      `${uuidOf(1)}.json: the event cannot be read: it is missing`,
      expect.stringMatching(/2\.json: the event cannot be read: not JSON: /),
      expect.stringMatching(/3\.json: the event cannot be read: its SHA-256 is [0-9a-f]{64} instead of [0-9a-f]{64}$/),
      `${uuidOf(5)}.json: the event cannot be read: it is no file`,
    ]);
  });

  it.each(['null', '"x"', '{"error": "x"}', '{', ''])('fails on the manifest `%s`', async (manifest) => {
    const error = await failureOf(read(folder({ 'manifest.json': manifest, 'a.json': eventText(1) })));
    expect(error).toMatchObject({ code: 'SOURCE_UNREACHABLE', message: expect.stringContaining('manifest.json') });
  });
});

describe('source misp-feed on a folder without a manifest', () => {
  it('reads every JSON file in any depth, in the order of their paths', async () => {
    const dir = folder({
      'b.json': eventText(1),
      'a/z.json': eventText(2),
      'a/b/c.json': JSON.stringify([JSON.parse(eventText(3))]),
      'a.txt': 'no event',
    });
    expect(valuesOf(await read(dir))).toEqual(['evil3-0.example.net', 'evil2-0.example.net', 'evil1-0.example.net']);
  });

  it('reports what is no event, and reads the rest', async () => {
    const dir = folder({ 'a.json': '{"trailing": [1,]}', 'b/c.json': '{"Sighting": []}', 'd.json': eventText(1) });
    const reading = await read(dir);
    expect(valuesOf(reading)).toEqual(['evil1-0.example.net']);
    expect(placesOf(reading)).toEqual([expect.stringMatching(/^a\.json: /), expect.stringMatching(/^b\/c\.json: /)]);
  });

  it('reads a single file', async () => {
    const dir = folder({ 'event.json': `\ufeff${eventText(1)}`, 'other.json': eventText(2) });
    expect(valuesOf(await read(join(dir, 'event.json')))).toEqual(['evil1-0.example.net']);
  });

  it('passes over what is hidden, and does not go round in circles', async () => {
    const dir = folder({
      'a/event.json': eventText(1),
      '.git/event.json': eventText(2),
      'a/.event.json': eventText(3),
    });
    symlinkSync(dir, join(dir, 'a/again'));
    expect(valuesOf(await read(dir))).toEqual(['evil1-0.example.net']);
  });

  it('says when there is nothing in it', async () => {
    expect(placesOf(await read(folder({ 'readme.txt': '' })))).toEqual([
      expect.stringContaining('the folder holds no event file'),
    ]);
  });

  it('fails when there is no such folder', async () => {
    const error = await failureOf(read('/no/such/folder'));
    expect(error).toMatchObject({ code: 'SOURCE_UNREACHABLE', message: expect.stringContaining('/no/such/folder') });
  });

  it('does not read files beyond the size limit', async () => {
    const dir = folder({ 'large.json': eventText(1, { domains: 10 }), 'small.json': eventText(2) });
    const reading = await read(dir, { maxBytes: 1024 });
    expect(valuesOf(reading)).toEqual(['evil2-0.example.net']);
    expect(placesOf(reading)).toEqual([expect.stringMatching(/^large\.json: .*`maxBytes: 1024`/)]);
  });
});

describe('source misp-feed', () => {
  it('hands on a large event in batches, and many small ones together', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`${String(i).padStart(4, '0')}.json`, eventText(i, { domains: 5 })]),
    );
    const { batches } = await read(folder({ ...many, 'x.json': eventText(400, { domains: 2500 }) }));
    expect(batches.map(({ length }) => length)).toEqual([1000, 1000, 1000, 1000]);
  });

  it('stops between two events when it is aborted', async () => {
    const dir = folder({ 'a.json': eventText(1, { domains: 2500 }), 'b.json': eventText(2) });
    const controller = new AbortController();
    let batches = 0;
    const reading = readSource(
      plugin.create(plugin.options.parse({ url: dir }), testServices()),
      controller.signal,
      () => {
        batches++;
        controller.abort();
        return undefined;
      },
    );
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(batches).toBe(1);
  });

  it('takes only the types that are asked for', async () => {
    const reading = await read(folder({ 'a.json': eventText(1) }), { types: ['md5'] });
    expect(reading.indicators).toEqual([]);
    expect(reading.rejected.map(({ reason }) => reason)).toEqual(['skipped:type']);
  });

  it('refuses a folder that lost more than the allowed share of its events, until it is allowed', async () => {
    const services = testServices();
    const dir = folder({
      'a.json': eventText(1),
      'b.json': eventText(2),
      'c.json': eventText(3),
      'd.json': eventText(4),
    });
    await read(dir, {}, services);
    rmSync(join(dir, 'a.json'));
    rmSync(join(dir, 'b.json'));
    await read(dir, { maxShrink: 0.5 }, services);
    rmSync(join(dir, 'c.json'));
    const error = await failureOf(read(dir, { maxShrink: 0.2 }, services));
    expect(error.code).toBe('SOURCE_INCOMPLETE');
    expect(error.message).toContain(
      '1 events instead of 2 in the last run, and `maxShrink: 0.2` allows no fewer than 2',
    );
    rmSync(join(dir, 'd.json'));
    expect((await failureOf(read(dir, {}, services))).code).toBe('SOURCE_INCOMPLETE');
    expect((await read(dir, { maxShrink: 1 }, services)).indicators).toEqual([]);
    expect((await read(dir, {}, services)).indicators).toEqual([]);
  });

  it('refuses a folder none of whose events can be read', async () => {
    const error = await failureOf(read(folder({ 'a.json': '{', 'b.json': '' })));
    expect(error).toMatchObject({
      code: 'SOURCE_INCOMPLETE',
      message: expect.stringContaining('none of its 2 events could be read'),
    });
  });

  it('fails on a single broken event when told so', async () => {
    const dir = folder({ 'a.json': '{', 'b.json': eventText(1) });
    expect((await read(dir)).problems).toHaveLength(1);
    const error = await failureOf(read(dir, { incomplete: 'fail' }));
    expect(error).toMatchObject({ code: 'SOURCE_INCOMPLETE', message: expect.stringContaining('`incomplete: fail`') });
  });

  it('names a hundred broken events, and only counts those beyond', async () => {
    const broken = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`${i}.json`, '{']));
    const { problems } = await read(folder({ ...broken, 'x.json': eventText(1) }));
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)?.message).toBe('and 50 more like this');
  });
});

describe.skipIf(!existsSync(data))('source misp-feed on published feeds (needs the data folder)', () => {
  it.each([
    ['misp-feed/tweetfeed', 38_883, 0],
    ['misp-feed/chrome-mal-ids', 3135, 0],
    ['misp-feed/malvuln-nonstandard', 909, 0],
    ['misp-feed/cyberdefense-blue-20260522', 864, 0],
    ['feeds-from-server/misp', 198, 0],
    ['feeds-from-server/misp-broken', 26, 2],
    ['events', 10_427, 5],
  ])('reads `%s`', async (path, records, problems) => {
    const reading = await read(join(data, path), { toIds: false });
    expect(reading.read).toBe(records);
    expect(placesOf(reading)).toHaveLength(problems);
    expect(reading.indicators.length).toBeGreaterThan(0);
  });
});
