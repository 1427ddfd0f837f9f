import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DrillReport } from '@misp-pipeline/core';
import { anIndicator, everyKind, hostileIndicators, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { convertsToSql, sigma } from '../../testing/sigma-cli.ts';
import { aFolder, drill, stage } from '../../testing/staging.ts';
import { SigmaExporter } from '../exporter.ts';
import { sigmaOptions } from '../options.ts';

const withVerdict = ({ results }: DrillReport, verdict: string) =>
  results.filter((result) => result.verdict === verdict).map(({ indicator, why }) => [indicator.value, why]);

describe.skipIf(!convertsToSql())('a fire drill (needs sigma with pySigma-backend-sqlite)', () => {
  it('proves every kind of indicator, and nothing harmless fires', async () => {
    const report = await drill(await stage(everyKind()));
    expect(withVerdict(report, 'failed')).toEqual([]);
    // A conversion to SQL knows IPv6 networks as text, which ends a network of 64 bits in the wrong place.
    expect(withVerdict(report, 'unprovable')).toEqual([['2001:db8:7::/64', expect.stringContaining('as text')]]);
    expect(report.results.length).toBeGreaterThan(35);
    expect(report.benignHits).toEqual([]);
    expect(report.probes.mustFire).toBeGreaterThan(150);
    expect(report.probes.mustNotFire).toBeGreaterThan(300);
  });

  it('proves hostile values', async () => {
    expect(withVerdict(await drill(await stage(hostileIndicators())), 'failed')).toEqual([]);
  });

  it('proves rules whose values a pipeline puts in', async () => {
    const report = await drill(await stage([...everyKind(), ...hostileIndicators()], { placeholders: true }));
    expect(withVerdict(report, 'failed')).toEqual([]);
    expect(withVerdict(report, 'proven').length).toBeGreaterThan(35);
  });

  it('names the rule that is silent, or that fires on a near miss', async () => {
    const staged = await stage([anIndicator('domain', 'evil.example'), anIndicator('user-agent', 'Evil/1.0')], {
      logsources: ['dns', 'proxy'],
    });
    const change = (path: string, from: string, to: string) => {
      const file = join(staged.dir, path);
      writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
    };
    change('rules/dns/net_dns_misp_host_high_clear.yml', "'.evil.example'", "'evil.example'");
    change('rules/proxy/proxy_misp_user_agent_high_clear.yml', 'Evil/1.0', 'Evil/2.0');
    expect(withVerdict(await drill(staged), 'failed')).toEqual([
      ['evil.example', expect.stringMatching(/^rule [0-9a-f-]{36} fires on \{"query":"notevil.example"\}$/)],
      ['Evil/1.0', expect.stringMatching(/ is silent on \{"c-useragent":"Evil\/1.0"\}$/)],
    ]);
  });

  it('takes a rule of ours that does not become SQL for a failure', async () => {
    const staged = await stage([anIndicator('domain', 'evil.example')], { logsources: ['dns'] });
    const file = join(staged.dir, 'rules/dns/net_dns_misp_host_high_clear.yml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('query|endswith', 'query|re'));
    expect(withVerdict(await drill(staged), 'failed')).toEqual([['evil.example', 'SQLite cannot run its rule']]);
  });

  it('does not take another indicator for a near miss', async () => {
    const report = await drill(
      await stage([
        anIndicator('hostname', 'evil.example'),
        anIndicator('domain', 'notevil.example'),
        anIndicator('domain', 'sub.evil.example'),
        anIndicator('ipv4', '198.51.100.7'),
        anIndicator('cidr', '198.51.100.8/29'),
        anIndicator('ipv4', '198.51.100.7', { port: 443 }),
      ]),
    );
    expect(withVerdict(report, 'failed')).toEqual([]);
  });

  it('is not misled by feeds in which everything is a near miss of something', async () => {
    const numbers = Array.from({ length: 300 }, (_, i) => i);
    const report = await drill(
      await stage([
        ...numbers.map((i) => anIndicator('ipv4', `198.51.${100 + (i >> 8)}.${i & 255}`)),
        ...numbers.map((i) => anIndicator('domain', `h${i}.example`)),
        anIndicator('cookie', 'sid=1'),
        anIndicator('cookie', 'sid=0'),
        anIndicator('cidr', '198.51.101.44/30'),
        anIndicator('cidr', '198.51.101.48/30'),
      ]),
    );
    expect(withVerdict(report, 'failed')).toEqual([]);
    expect(withVerdict(report, 'proven')).toHaveLength(604);
  });

  it('tells harmless records on which a rule of others fires', async () => {
    const rule = 'logsource: {category: dns}\ndetection: {a: {query|contains: wikipedia}, condition: a}';
    const report = await drill(await stage([anIndicator('rule-sigma', rule)]));
    expect(report.results.map(({ verdict }) => verdict)).toEqual(['proven']);
    expect(report.benignHits.map(({ probe }) => probe)).toEqual([
      'dns: query `www.wikipedia.org`',
      'dns: query `en.wikipedia.org`',
    ]);
  });

  it('says of a rule of others that cannot be proven why', async () => {
    const rule = (search: string) => `logsource: {category: dns}\ndetection: {a: ${search}, condition: a}`;
    const staged = await stage([
      anIndicator('rule-sigma', rule('{query|re: "^evil[0-9]+$", answer: evil.example}')),
      anIndicator('rule-sigma', rule('[evil, wicked]')),
    ]);
    expect((await drill(staged)).results.map(({ verdict, why }) => [verdict, why])).toEqual([
      ['unprovable', 'SQLite cannot run its rule'],
      ['unprovable', 'SQLite cannot run its rule'],
    ]);
  });
});

describe.skipIf(!sigma)('a fire drill (needs sigma)', () => {
  it('is not held without the program', async () => {
    const options = sigmaOptions.parse({ engine: { command: ['no-such-sigma'] } });
    const { dir, collected, output } = await stage([anIndicator('domain', 'evil.example')]);
    const [indicator] = collected;
    const targets =
      indicator === undefined ? [] : [{ indicator, placements: output.placements.map(({ placement }) => placement) }];
    const all = {
      dir,
      targets,
      collected: { size: 0, ofKind: () => [], [Symbol.iterator]: () => [].values() },
      workDir: aFolder(),
    };
    const exporter = new SigmaExporter(options, testServices({ stateDir: aFolder() }));
    expect(await exporter.drill(all, new AbortController().signal)).toBeUndefined();
  });
});
