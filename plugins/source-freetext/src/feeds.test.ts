import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSource, type SourceReading, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import plugin from './index.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const feeds = join(data, 'text-feeds');

async function read(name: string): Promise<SourceReading> {
  const services = testServices();
  try {
    const url = join(feeds, name);
    return await readSource(plugin.create(plugin.options.parse({ url }), services));
  } finally {
    rmSync(services.stateDir, { recursive: true });
  }
}

/** Lines that are neither blank nor comments, counted without the code of the source. */
function linesIn(name: string): number {
  return readFileSync(join(feeds, name), 'utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !/^\s*(?:#|;|\/\/|!)/.test(line)).length;
}

describe.skipIf(!existsSync(feeds))('real lists (need the data folder)', () => {
  it.each([
    ['abusech-bazaar-sha256.txt', { indicators: 740 }],
    ['ipsum.txt', { indicators: 3966 }],
    ['cps-cobaltstrike-ips.txt', { indicators: 804, repeated: 1283 }],
    ['tweetfeed-hosts.txt', { indicators: 4873, rejected: 2 }],
    ['tweetfeed-rpz.txt', { indicators: 963, repeated: 521, rejected: 2, directive: 3 }],
    ['tweetfeed-adguard.txt', { indicators: 1490, rejected: 1 }],
    ['maltrail-emotet.txt', { indicators: 12453, repeated: 2581 }],
    ['maltrail-cobalt.txt', { indicators: 139, repeated: 3 }],
    ['maltrail-apt_sofacy.txt', { indicators: 1901, repeated: 452 }],
    ['avast-AgentTeslaISOCampaign.txt', { indicators: 4 }],
    ['avast-Almaq.txt', { indicators: 8 }],
    ['avast-BluStealer.txt', { indicators: 12, repeated: 1 }],
    ['avast-Certishell.txt', { indicators: 273, repeated: 10 }],
  ])('%s: %j', async (name, counts) => {
    const { indicators, rejected } = await read(name);
    const rejections = (reason: string) => rejected.filter((record) => record.reason.startsWith(reason)).length;
    const found = {
      indicators: indicators.length,
      repeated: rejections('skipped:repeated'),
      rejected: rejections('rejected:'),
      directive: rejections('skipped:directive'),
    };
    expect(found).toEqual({ repeated: 0, rejected: 0, directive: 0, ...counts });
    expect(found.indicators + found.repeated + found.rejected + found.directive).toBe(linesIn(name));
  });
});
