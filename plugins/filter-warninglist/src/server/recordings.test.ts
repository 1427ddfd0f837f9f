import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StageServices } from '@misp-pipeline/core';
import { anIndicator, applyFilter, type ReplayServer, startReplayServer, testServices } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { options } from '../options.ts';
import { groupOf } from '../policy.ts';
import { WarninglistFilter } from '../warninglist-filter.ts';
import { knownSlug } from './slugs.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const recordings = join(data, 'misp-recordings/recordings');
const folder = join(data, 'warninglists/lists');

describe.skipIf(!existsSync(recordings))('warninglists as a MISP 2.5.1 answered them (needs the data folder)', () => {
  let services: StageServices;
  let server: ReplayServer;

  beforeEach(() => {
    services = testServices();
  });

  afterEach(async () => {
    await server.close();
    rmSync(services.stateDir, { recursive: true, force: true });
  });

  const filter = (given: object) =>
    new WarninglistFilter(
      options.parse({ server: { url: server.url, key: 'x'.repeat(40), retries: 0 }, ...given }),
      services,
    );

  it.each(['warninglists-index', 'warninglists-index-user'])('are read from %s and an export', async (index) => {
    server = await startReplayServer(recordings, [index, 'warninglists-export']);
    const empty = anIndicator('md5', 'd41d8cd98f00b204e9800998ecf8427e');
    const { dropped } = await applyFilter(filter({ only: ['empty-hashes'] }), [empty]);
    expect(dropped).toMatchObject([
      {
        reason: 'warninglist:empty-hashes',
        detail: 'exact: entry `d41d8cd98f00b204e9800998ecf8427e` of "List of known hashes for empty files"',
      },
    ]);
    expect(server.unmatched).toEqual([]);
  });

  it('have names whose short forms and groups are all known', async () => {
    server = await startReplayServer(recordings, ['warninglists-index']);
    const answer = JSON.parse(await (await fetch(`${server.url}/warninglists/index`)).text());
    const names: string[] = answer.Warninglists.map((item: { Warninglist: { name: string } }) => item.Warninglist.name);
    expect(names).toHaveLength(86);
    expect(names.filter((name) => groupOf(knownSlug(name) ?? '') === 'other')).toEqual([]);
  });
});

describe.skipIf(!existsSync(folder))('the lists of MISP/misp-warninglists (needs the data folder)', () => {
  it('have the short names of their folders', () => {
    for (const slug of readdirSync(folder)) {
      const { name } = JSON.parse(readFileSync(join(folder, slug, 'list.json'), 'utf8'));
      expect(knownSlug(name)).toBe(slug);
    }
  });
});
