import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSource, type SourceReading, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import plugin from './index.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const feeds = join(data, 'text-feeds');

async function read(name: string, options: object): Promise<SourceReading> {
  const services = testServices();
  try {
    const url = join(feeds, name);
    return await readSource(plugin.create(plugin.options.parse({ url, ...options }), services));
  } finally {
    rmSync(services.stateDir, { recursive: true });
  }
}

/** Lines that are neither blank nor comments, counted without the code of the source. */
function linesIn(name: string): number {
  return readFileSync(join(feeds, name), 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#')).length;
}

const THREATS = {
  ...{ value: 'ioc_value', type: 'ioc_type', comment: 'malware_printable', tags: 'tags' },
  ...{ firstSeen: 'first_seen_utc', lastSeen: 'last_seen_utc' },
};

describe.skipIf(!existsSync(feeds))('real CSV feeds (need the data folder)', () => {
  it.each([
    ['abusech-threatfox-recent.csv', { header: true, columns: THREATS }, { indicators: 1763 }],
    [
      'abusech-urlhaus-recent.csv',
      { header: true, type: 'url', columns: { value: 'url', tags: 'tags', firstSeen: 'dateadded' } },
      { indicators: 5998, rejected: 2 },
    ],
    [
      'abusech-sslbl-certs.csv',
      { header: true, type: 'x509-fingerprint-sha1', columns: { value: 'SHA1', comment: 'Listingreason' } },
      { indicators: 4000 },
    ],
    [
      'abusech-feodo-ipblocklist.csv',
      { header: true, type: 'ip-dst', columns: { value: 'dst_ip', port: 'dst_port', comment: 'malware' } },
      { indicators: 470, heading: 1 },
    ],
    ['drbra-ipc2s-30day.csv', { header: true, columns: { value: 'ip', comment: 'ioc' } }, { indicators: 1318 }],
    [
      'tweetfeed-month.csv',
      { columns: { value: 4, type: 3, tags: 5 } },
      { indicators: 11832, rejected: 4, repeated: 256 },
    ],
  ])('%s', async (name, options, counts) => {
    const { indicators, rejected } = await read(name, options);
    const rejections = (reason: string) => rejected.filter((record) => record.reason.startsWith(reason)).length;
    const found = {
      indicators: indicators.length,
      rejected: rejections('rejected:'),
      heading: rejections('skipped:heading'),
      repeated: rejections('skipped:repeated'),
    };
    expect(found).toEqual({ rejected: 0, heading: 0, repeated: 0, ...counts });
    expect(found.indicators + found.rejected + found.heading + found.repeated).toBe(linesIn(name));
  });

  it('keeps the types of a feed that names them', async () => {
    const { indicators } = await read('abusech-threatfox-recent.csv', { header: true, columns: THREATS });
    const count = (kind: string) => indicators.filter((indicator) => indicator.kind === kind).length;
    expect(['domain', 'ipv4', 'url', 'sha256', 'md5', 'sha1'].map(count)).toEqual([1206, 242, 159, 56, 51, 49]);
    expect(indicators.filter(({ kind, port }) => kind === 'ipv4' && port === undefined)).toEqual([]);
  });
});
