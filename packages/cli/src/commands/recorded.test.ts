import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startReplayServer } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { closeAfterwards, run } from '../../testing/administration.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const recordings = join(data, 'misp-recordings/recordings');

describe.skipIf(!existsSync(recordings))('administration of a recorded server (needs the data folder)', () => {
  async function replay(names: readonly string[], ...args: string[]) {
    const server = await startReplayServer(recordings, names);
    closeAfterwards(server);
    const result = await run({ cert: server.url }, ...args);
    expect(server.unmatched).toEqual([]);
    return result;
  }

  it('lists feeds and warninglists', async () => {
    const feeds = await replay(['feeds-index-after-cache'], 'feeds', 'list', '--json');
    expect(JSON.parse(feeds.stdout)).toHaveLength(12);
    const lists = await replay(['warninglists-index'], 'warninglists', 'list', '--disabled');
    expect(lists.stdout).toContain('List of RFC 6598 CIDR blocks');
  });

  it('says why a key may see no feeds', async () => {
    const { code, stderr } = await replay(['feeds-index-user', 'users-view-me'], 'feeds', 'list');
    expect(code).toBe(0);
    expect(stderr).toContain('the key sees no feeds');
  });

  it('leaves a feed alone that is as wanted', async () => {
    const { code, stdout } = await replay(['feeds-index-after-cache'], 'feeds', 'enable', '3', '--cache');
    expect(code).toBe(0);
    expect(stdout).toMatch(/unchanged +3/);
  });

  it('does not add a feed that is there', async () => {
    const csv = [
      '--url',
      'http://127.0.0.1:18090/csv/iocs.csv',
      '--format',
      'csv',
      '--columns',
      '2',
      '--enable',
      '--cache',
    ];
    const names = ['--name', 'Local CSV', '--provider', 'lab'];
    const { code, stdout } = await replay(['feeds-index-after-cache'], 'feeds', 'add', ...names, ...csv);
    expect(code).toBe(0);
    expect(stdout).toMatch(/unchanged +4/);
  });

  it('caches feeds, and sees what workers could not do', async () => {
    const names = ['feeds-index-after-cache', 'feeds-cache-post', 'bg-feeds-cache-bad-queued'];
    const { code, stdout } = await replay(names, 'feeds', 'cache', '5', '8', '--wait', '--timeout', '1');
    expect(code).toBe(5);
    // The recorded list has the same cache time before and after.
    expect(stdout).toMatch(/FAILED +5 .*nothing was cached; cached 2026-11-24T02:46:12Z/);
    expect(stdout).toMatch(/FAILED +8 .*cached never/);
  });

  it('leaves warninglists alone that are as wanted', async () => {
    const { code, stdout } = await replay(['warninglists-index'], 'warninglists', 'enable', '61', '*resolvers*');
    expect(code).toBe(0);
    expect(stdout.match(/^unchanged/gm)).toHaveLength(4);
  });

  it('previews a feed', async () => {
    const { stdout } = await replay(['feeds-index-after-cache', 'feeds-preview-index-csv'], 'feeds', 'preview', '4');
    expect(stdout).toMatch(/ip-dst +yes +2 +198\.51\.100\.11/);
  });

  it.each([
    ['feeds-fetch-misp', '3', 0, 'successfully'],
    ['feeds-fetch-missing', '8', 5, 'has failed'],
  ])('fetches as in %s', async (name, id, exitCode, says) => {
    const { code, stdout } = await replay(['feeds-index-after-cache', name], 'feeds', 'fetch', id);
    expect(code).toBe(exitCode);
    expect(stdout).toContain(says);
  });
});
