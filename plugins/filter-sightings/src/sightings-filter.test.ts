import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StageServices } from '@misp-pipeline/core';
import {
  anIndicator,
  anOrigin,
  applyFilter,
  filterContract,
  type Loopback,
  startLoopback,
  startReplayServer,
  testServices,
} from '@misp-pipeline/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { options } from './options.ts';
import plugin from './plugin.ts';
import { SightingsFilter } from './sightings-filter.ts';

const KEY = 'x'.repeat(40);
const FALSE_POSITIVE = '11111111-1111-4111-8111-111111111111';
const DOUBTFUL = '22222222-2222-4222-8222-222222222222';
const NOBODY = '44444444-4444-4444-8444-444444444444';
const DEFENDED = '33333333-3333-4333-8333-333333333333';

interface Row {
  readonly attribute_id: string;
  readonly uuid: string;
  readonly type: string;
  readonly source?: string;
  readonly org?: string;
}

const falsePositives = (attribute_id: string, uuid: string, count: number) =>
  Array.from({ length: count }, (): Row => ({ attribute_id, uuid, type: '1' }));

/** The false positive is seen by a machine every hour, and the defended one by people. */
const ROWS: readonly Row[] = [
  ...falsePositives('1', FALSE_POSITIVE, 3),
  ...falsePositives('2', DOUBTFUL, 1),
  ...falsePositives('3', DEFENDED, 4),
  ...Array.from({ length: 9 }, () => ({ attribute_id: '1', uuid: '', type: '0', source: 'misp-pipeline 0123' })),
  ...Array.from({ length: 4 }, () => ({ attribute_id: '3', uuid: '', type: '0', source: 'analyst' })),
  { attribute_id: '9', uuid: '', type: '2' },
];

let rows = ROWS;
let status = 200;
let server: Loopback;
const { stateDir } = testServices();

beforeAll(async () => {
  server = await startLoopback(({ body }, response) => {
    const { id, type } = JSON.parse(body.toString());
    const found = rows.filter((row) => row.type === type && (id === undefined || row.attribute_id === id));
    const listed = found.map(({ uuid, org = 'CERT', ...row }) => ({
      Sighting: { ...row, Attribute: { uuid: uuid.toUpperCase() }, Organisation: { name: org } },
    }));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ response: listed }));
  });
});

beforeEach(() => {
  rows = ROWS;
  status = 200;
});

afterAll(async () => {
  await server.close();
  rmSync(stateDir, { recursive: true });
});

const of = (attribute: string) => anIndicator('domain', 'a.example', { origins: [anOrigin({ attribute })] });
const BATCH = [FALSE_POSITIVE, DOUBTFUL, DEFENDED, NOBODY].map(of);

async function filtered(given: object = {}, services: Partial<StageServices> = {}) {
  const source = { url: server.url, key: KEY, retries: 0 };
  const filter = new SightingsFilter(options.parse({ source, ...given }), testServices({ stateDir, ...services }));
  await filter.open(new AbortController().signal);
  const { kept, dropped } = await applyFilter(filter, BATCH);
  const name = (attribute: string | undefined) => attribute?.slice(0, 1);
  return {
    kept: kept.map(({ origins, tags }) => [name(origins[0]?.attribute), ...tags].join(' ')),
    dropped: dropped.map(
      ({ indicator, reason, detail }) => `${name(indicator.origins[0]?.attribute)} ${reason}: ${detail}`,
    ),
  };
}

const JUDGED = {
  kept: ['2 misp-pipeline:false-positive', '3', '4'],
  dropped: ['1 sightings:false-positive: 3 false positives, 0 true'],
};

describe('the sightings filter', () => {
  it('drops what is called a false positive, tags what is doubtful, and keeps what people saw rightly', async () => {
    expect(await filtered()).toEqual(JUDGED);
  });

  it('counts sightings of machines only where the options say so', async () => {
    expect((await filtered({ automatic: [] })).dropped).toEqual([]);
  });

  it('listens to some organisations only where the options say so', async () => {
    expect(await filtered({ organisations: ['Somebody else'] })).toEqual({ kept: ['1', '2', '3', '4'], dropped: [] });
  });

  it('judges by what an earlier run read when the run is a replay', async () => {
    await filtered();
    status = 500;
    expect(await filtered({}, { replay: true })).toEqual(JUDGED);
  });

  it('goes on with what an earlier run read while the server fails, and forgets what was taken back', async () => {
    await filtered();
    status = 500;
    expect(await filtered()).toEqual(JUDGED);
    status = 200;
    rows = [];
    expect((await filtered()).dropped).toEqual([]);
  });

  it('stops the run when the key is refused, or when nothing was ever read', async () => {
    status = 403;
    await expect(filtered()).rejects.toThrow(expect.objectContaining({ code: 'SOURCE_REFUSED' }));
    status = 500;
    const services = testServices();
    await expect(filtered({}, services)).rejects.toThrow(expect.objectContaining({ code: 'SOURCE_UNREACHABLE' }));
    rmSync(services.stateDir, { recursive: true });
  });
});

filterContract(plugin, {
  packageName: '@misp-pipeline/filter-sightings',
  options: () => ({ source: { url: server.url, key: KEY } }),
  services: { stateDir },
  indicators: BATCH,
  reasons: ['sightings:false-positive'],
});

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
interface Recorded {
  readonly response: readonly { Sighting: { attribute_id: string; Attribute: { uuid: string } } }[];
}

const uuidOf = ({ response }: Recorded, id: string) =>
  response.find(({ Sighting }) => Sighting.attribute_id === id)?.Sighting.Attribute.uuid ?? '';

const recordings = join(data, 'misp-recordings', 'recordings');

describe.skipIf(!existsSync(recordings))('recorded sightings (needs the data folder)', () => {
  it('tell a false positive from what was seen and what has expired', async () => {
    const replay = await startReplayServer(recordings, ['sightings-restsearch-event']);
    const answer = await fetch(`${replay.url}/sightings/restSearch/event`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 12, includeAttribute: 1, includeEvent: 1 }),
    });
    const document = (await answer.json()) as Recorded;
    await replay.close();
    const recorded = await startLoopback((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document)),
    );
    const services = testServices();
    const filter = new SightingsFilter(
      options.parse({ source: { url: recorded.url, key: KEY }, dropFrom: 1 }),
      services,
    );
    await filter.open(new AbortController().signal);
    const { kept, dropped } = await applyFilter(
      filter,
      ['192', '193'].map((id) => of(uuidOf(document, id))),
    );
    expect(kept.map(({ origins }) => origins[0]?.attribute)).toEqual([uuidOf(document, '192')]);
    expect(dropped.map(({ detail }) => detail)).toEqual(['1 false positives, 0 true']);
    await recorded.close();
    rmSync(services.stateDir, { recursive: true });
  });
});
