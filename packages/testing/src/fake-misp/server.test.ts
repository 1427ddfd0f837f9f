import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakeMisp, type FakeMispOptions, startFakeMisp } from './server.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const recordings = join(data, 'misp-recordings/recordings');

const servers: FakeMisp[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(options: FakeMispOptions): Promise<FakeMisp> {
  const server = await startFakeMisp(options);
  servers.push(server);
  return server;
}

const search = ({ url }: FakeMisp, limit: number, page: number) =>
  fetch(`${url}/attributes/restSearch`, { method: 'POST', body: JSON.stringify({ limit, page }) });

/** Rows, X-Result-Count and X-Skipped-Elements-Count of a page. */
async function page(server: FakeMisp, limit: number, number: number): Promise<(number | null)[]> {
  const response = await search(server, limit, number);
  const { Attribute } = ((await response.json()) as { response: { Attribute: unknown[] } }).response;
  const counts = ['x-result-count', 'x-skipped-elements-count'].map((name) => response.headers.get(name));
  return [Attribute.length, ...counts.map((count) => (count === null ? null : Number(count)))];
}

const rows = (count: number) => Array.from({ length: count }, (_, i) => ({ id: String(i + 1) }));

describe('startFakeMisp', () => {
  it('counts each page with one row more than it holds, as MISP 2.5.1 does', async () => {
    const server = await serve({ attributes: rows(45) });
    expect(await page(server, 20, 1)).toEqual([20, 21, 0]);
    expect(await page(server, 20, 2)).toEqual([20, 21, 0]);
    expect(await page(server, 20, 3)).toEqual([5, 5, 0]);
    expect(await page(server, 20, 4)).toEqual([0, 1, 0]);
  });

  it('counts from the start, or not at all', async () => {
    const cumulative = await serve({ attributes: rows(45), counts: 'start' });
    expect(await page(cumulative, 20, 2)).toEqual([20, 40, 0]);
    expect(await page(cumulative, 20, 3)).toEqual([5, 45, 0]);
    expect(await page(cumulative, 20, 4)).toEqual([0, 61, 0]);
    expect(await page(await serve({ attributes: rows(45), counts: 'none' }), 20, 3)).toEqual([5, null, null]);
  });

  it('hides rows without counting them', async () => {
    const server = await serve({ attributes: rows(45), hide: () => true });
    expect(await page(server, 20, 1)).toEqual([0, 21, 0]);
  });

  it('misbehaves when it is told to', async () => {
    const hows = ['rate-limit', 'error', 'redirect', 'forbidden', 'truncated', undefined] as const;
    const server = await serve({ attributes: rows(45), misbehave: (_request, number) => hows[number - 1] });
    const ask = async () => fetch(`${server.url}/attributes/restSearch`, { redirect: 'manual', method: 'POST' });
    const limited = await ask();
    expect([limited.status, limited.headers.get('x-rate-limit-reset')]).toEqual([429, '0']);
    expect((await ask()).status).toBe(500);
    expect((await ask()).status).toBe(302);
    expect((await ask()).status).toBe(403);
    await expect((await ask()).json()).rejects.toThrow(SyntaxError);
    expect((await ask()).status).toBe(200);
    expect(server.requests).toHaveLength(6);
  });

  it('breaks the connection when it is told to', async () => {
    await expect(search(await serve({ attributes: [], misbehave: () => 'reset' }), 1, 1)).rejects.toThrow();
  });
});

describe.skipIf(!existsSync(recordings))('startFakeMisp beside recorded pages (needs the data folder)', () => {
  /** Rows that the recorded server skipped, by page of 20. */
  const skipped = [0, 0, 1, 18, 5];

  it('counts as the real server did', async () => {
    const isSkipped = (attribute: object) => {
      const row = 'id' in attribute ? Number(attribute.id) - 1 : 0;
      return row % 20 < (skipped[Math.floor(row / 20)] ?? 0);
    };
    const server = await serve({ attributes: rows(94), skip: isSkipped });
    for (let number = 1; number <= 6; number++) {
      const file = join(recordings, `page40-warninglist-p0${number}.json`);
      const { response } = JSON.parse(readFileSync(file, 'utf8'));
      const recorded = [
        JSON.parse(response.body).response.Attribute.length,
        Number(response.headers['X-Result-Count']),
        Number(response.headers['X-Skipped-Elements-Count']),
      ];
      expect(await page(server, 20, number)).toEqual(recorded);
    }
  });
});
