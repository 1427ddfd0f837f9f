import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunReport } from '@misp-pipeline/core';
import { describe, expect, it } from 'vitest';
import { cli, emptyFolder } from '../support/cli.ts';
import { EXPORTERS, writeConfig } from '../support/config.ts';
import { replay, SIGMA, SURICATA, sigma, testRules } from '../support/engines.ts';
import { writeFeed } from '../support/event.ts';
import { sharedData } from '../support/shared-data.ts';

const lists = sharedData('warninglists/lists');
const tweetfeed = sharedData('misp-feed/tweetfeed');
const captures = sharedData('pcaps');

async function run(feed: string, cwd = emptyFolder()): Promise<{ cwd: string; report: RunReport }> {
  writeConfig(cwd, { feed, ...(lists === undefined ? {} : { warninglists: lists }) });
  const { code, stdout } = await cli(['run', '--json', '--quiet'], { cwd });
  expect(code).toBe(0);
  return { cwd, report: JSON.parse(stdout) as RunReport };
}

function digests(report: RunReport): Record<string, string> {
  const files = report.exporters.flatMap(({ id, files: written }) => written.map((file) => ({ id, ...file })));
  return Object.fromEntries(files.map(({ id, path, sha256 }) => [`${id}/${path}`, sha256]));
}

/** The same feed with its events' attributes and its manifest's entries the other way round. */
function reversed(feed: string): string {
  const copy = emptyFolder();
  cpSync(feed, copy, { recursive: true });
  for (const name of readdirSync(copy).filter((file) => file.endsWith('.json'))) {
    const document = JSON.parse(readFileSync(join(copy, name), 'utf8'));
    const turned = name === 'manifest.json' ? Object.fromEntries(Object.entries(document).reverse()) : document;
    turned.Event?.Attribute?.reverse();
    writeFileSync(join(copy, name), JSON.stringify(turned));
  }
  return copy;
}

describe.skipIf(tweetfeed === undefined || lists === undefined)(
  'a real feed through all real warninglists (needs the data folder)',
  () => {
    it('gives the same bytes twice and in any order of input', async () => {
      const feed = tweetfeed ?? '';
      const first = await run(feed);
      const second = await run(feed, first.cwd);
      expect(digests(second.report)).toEqual(digests(first.report));
      const turned = await run(reversed(feed));
      expect(digests(turned.report)).toEqual(digests(first.report));
    });

    it.skipIf(!SURICATA)('gives rules that Suricata takes without a complaint (needs suricata)', async () => {
      const { cwd, report } = await run(tweetfeed ?? '');
      const { accepted, loaded, complaints } = testRules(join(cwd, 'out/suricata/current/misp.rules'));
      expect({ accepted, complaints }).toEqual({ accepted: true, complaints: [] });
      const files = report.exporters.find(({ id }) => id === 'suricata')?.files;
      expect(loaded).toBe(files?.find(({ path }) => path === 'misp.rules')?.entries);
    });

    it.skipIf(!SIGMA)('gives Sigma rules of which every one converts (needs sigma-cli)', async () => {
      const { cwd } = await run(tweetfeed ?? '');
      const rules = join(cwd, 'out/sigma/current/rules');
      const count = readdirSync(rules, { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.endsWith('.yml'),
      ).length;
      for (const args of [
        ['-t', 'splunk', '-p', 'splunk_windows'],
        ['-t', 'lucene', '-p', 'ecs_windows'],
      ]) {
        const queries = sigma(['convert', ...args, rules])
          .split('\n')
          .filter((line) => line.trim() !== '');
        expect(queries).toHaveLength(count);
      }
    });
  },
);

const FEEDS = [
  'misp-feed/chrome-mal-ids',
  'misp-feed/cyberdefense-blue-20260505',
  'misp-feed/cyberdefense-blue-20260522',
  'misp-feed/malvuln-nonstandard',
  'feeds-from-server/misp',
  'feeds-from-server/misp-new',
];

describe('other real input', () => {
  for (const name of FEEDS) {
    const feed = sharedData(name);
    it.skipIf(feed === undefined)(`${name} is read without a problem (needs the data folder)`, async () => {
      const { report } = await run(feed ?? '');
      expect(report.sources[0]?.problems).toEqual([]);
      expect(report.funnel.read).toBeGreaterThan(0);
    });
  }

  it.skipIf(sharedData('feeds-from-server/misp-broken') === undefined)(
    'a feed with broken events is used as far as it goes (needs the data folder)',
    async () => {
      const { report } = await run(sharedData('feeds-from-server/misp-broken') ?? '');
      expect(report.sources[0]?.problems.length).toBeGreaterThan(0);
      expect(report.funnel.normalised).toBeGreaterThan(0);
    },
  );

  it.skipIf(sharedData('events') === undefined)(
    'single events in every shape are read, and the malformed one is named (needs the data folder)',
    async () => {
      const { cwd, report } = await run(sharedData('events') ?? '');
      const problems = report.sources[0]?.problems ?? [];
      expect(problems.some(({ place }) => place.includes('malformed/'))).toBe(true);
      expect(report.funnel.normalised).toBeGreaterThan(1000);
      for (const exporter of EXPORTERS) expect(report.funnel.exported[exporter]).toBeGreaterThan(0);
      if (SURICATA) expect(testRules(join(cwd, 'out/suricata/current/misp.rules')).accepted).toBe(true);
    },
  );
});

describe.skipIf(!SURICATA || captures === undefined)('captures (needs suricata and the data folder)', () => {
  it('alerts on both domains that a known implant asks for, and on no benign capture', async () => {
    const cwd = emptyFolder();
    const names = readFileSync(join(sharedData('text-feeds') ?? '', 'maltrail-apt_sofacy.txt'), 'utf8').split('\n');
    const queried = ['drivres-update.info', 'softupdates.info'];
    expect(queried.filter((domain) => names.includes(domain))).toEqual(queried);
    writeFeed(join(cwd, 'feed'), [
      { uuid: '0c0c0c0c-0000-4000-8000-000000000001', attributes: queried.map((value) => ({ type: 'domain', value })) },
    ]);
    await run(join(cwd, 'feed'), cwd);
    const rules = join(cwd, 'out/suricata/current/misp.rules');
    const messages = replay(rules, join(captures ?? '', 'sv-dns-sofacy.pcap')).map(({ message }) => message);
    for (const domain of queried) expect(messages.some((message) => message.includes(domain))).toBe(true);
    for (const benign of ['zeek-http-wikipedia', 'zeek-tls-gstatic', 'sv-tls-ipv6']) {
      expect(replay(rules, join(captures ?? '', `${benign}.pcap`))).toEqual([]);
    }
  });
});
