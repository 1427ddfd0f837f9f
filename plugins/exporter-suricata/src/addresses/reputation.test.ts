import { anIndicator, render, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { writeConversations } from '../../testing/capture.ts';
import { PACKAGED, SENSOR_PATH, siteConfig } from '../../testing/site.ts';
import { alertsUnder, inFolder, SURICATA, testConfig } from '../../testing/suricata.ts';
import { httpTalk } from '../../testing/talks.ts';
import { SuricataExporter } from '../exporter.ts';
import { suricataOptions } from '../options.ts';

/** As many addresses as it takes for lists. */
const MANY = Array.from({ length: 1001 }, (_, i) =>
  anIndicator('ipv4', `10.9.${i >> 8}.${i & 255}`, { direction: 'destination' }),
);

const ADDRESSES = [
  ...MANY,
  anIndicator('ipv4', '203.0.113.1', { direction: 'destination', confidence: 80 }),
  anIndicator('ipv4', '203.0.113.2', { direction: 'source', confidence: 0 }),
  anIndicator('ipv4', '203.0.113.3'),
  anIndicator('ipv4', '203.0.113.4', { direction: 'destination', port: 443 }),
  ...MANY.map((_, i) => anIndicator('cidr', `172.${16 + (i >> 8)}.${i & 255}.0/28`)),
  anIndicator('cidr', '198.51.100.64/26', { direction: 'destination' }),
  ...MANY.map((_, i) => anIndicator('ipv6', `2001:db8::1:${(i + 1).toString(16)}`)),
];

async function exported() {
  const options = suricataOptions.parse({ iprep: true, sensorPath: SENSOR_PATH });
  const { output, skipped } = await render(new SuricataExporter(options, testServices()), ADDRESSES);
  return { output, skipped };
}

describe('IP reputation', () => {
  it('lists addresses as networks, by direction, with their confidence as score; ports stay rules', async () => {
    const { output, skipped } = await exported();
    expect(skipped).toEqual([]);
    const lines = output.text('iprep/misp-addresses.list').split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        '203.0.113.1/32,57,80',
        '203.0.113.2/32,58,1',
        '203.0.113.3/32,59,50',
        '198.51.100.64/26,57,50',
        '2001:db8::1:1/128,59,50',
      ]),
    );
    expect(output.files.get('iprep/misp-addresses.list')?.entries).toBe(ADDRESSES.length - 1);
    expect(output.text('misp.rules')).toContain('-> [203.0.113.4] 443 ');
    expect(output.files.get('misp-iprep.rules')?.entries).toBe(3);
  });

  it('is not written, and not named in the include file, where the site does not want it', async () => {
    const { output } = await render(new SuricataExporter(suricataOptions.parse({}), testServices()), ADDRESSES);
    expect([...output.files.keys()].filter((path) => path.includes('iprep'))).toEqual([]);
    expect(output.text('misp-pipeline.yaml')).not.toContain('reputation');
  });
});

describe.skipIf(!SURICATA || !PACKAGED)('IP reputation on the engine (needs suricata)', () => {
  it('is set up by the include file, and alerts on the listed ends alone', async () => {
    const { output } = await exported();
    const config = siteConfig(inFolder(output.files));
    expect(testConfig(config)).toMatchObject({ accepted: true, failed: 0, complaints: [] });

    const servers = ['203.0.113.1', '203.0.113.3', '198.51.100.65', '203.0.113.5', '198.51.100.63'];
    const talks = servers.map((server, i) => ({ ...httpTalk('/'), server, client: `10.64.0.${i + 1}` }));
    const comesIn = { ...httpTalk('/'), client: '203.0.113.2', server: '10.64.0.99' };
    const alerts = alertsUnder(config, writeConversations([...talks, comesIn]));
    expect(alerts.map(({ hosts, signature }) => `${hosts.join(' > ')} ${signature.split(' ').at(-1)}`).sort()).toEqual([
      '10.64.0.1 > 203.0.113.1 misp-destination',
      '10.64.0.2 > 203.0.113.3 misp-either',
      '10.64.0.3 > 198.51.100.65 misp-destination',
      '203.0.113.2 > 10.64.0.99 misp-source',
    ]);
  });
});
