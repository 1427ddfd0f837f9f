import { readFileSync } from 'node:fs';
import type { Indicator } from '@misp-pipeline/core';
import { anIndicator, exporterContract, type OutputFiles, render, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { type LogRecord, matches, readRules, valuesOf } from '../testing/sigma-rule.ts';
import { SigmaExporter } from './exporter.ts';
import { sigmaOptions } from './options.ts';
import plugin from './plugin.ts';

const { name: packageName } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** What a YAML reader finds wrong with the files of the exporter. */
function accepts(files: OutputFiles): string[] {
  const rules = readRules(files);
  const ids = new Set([...rules.values()].map(({ id }) => id));
  const titles = new Set([...rules.values()].map(({ title }) => title));
  const problems = [...rules].flatMap(([path, { title, detection }]) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (!/^[a-z0-9_]{10,86}\.yml$/.test(name)) return [`file name \`${name}\``];
    if (title.length > 120) return [`title \`${title}\``];
    return Object.keys(detection).length < 2 ? [`\`${path}\` selects nothing`] : [];
  });
  if (ids.size !== rules.size) problems.push('an id is used twice');
  if (titles.size !== rules.size) problems.push('a title is used twice');
  const entries = [...files.values()].reduce((sum, file) => sum + file.entries, 0);
  return entries === rules.size ? problems : [...problems, `${rules.size} rules, not ${entries}`];
}

exporterContract(plugin, { accepts, packageName });

async function rendered(indicators: Iterable<Indicator>, options: object = {}) {
  const { output, skipped } = await render(new SigmaExporter(sigmaOptions.parse(options), testServices()), indicators);
  const rules = readRules(output.files);
  const firing = (logSource: string, record: LogRecord) =>
    [...rules].filter(([path, rule]) => path.startsWith(`rules/${logSource}/`) && matches(rule, record)).length;
  return { output, skipped, rules, firing };
}

describe('a domain', () => {
  it.each([
    ['dns', 'query'],
    ['dns_query_windows', 'QueryName'],
    ['proxy', 'cs-host'],
    ['network_connection_windows', 'DestinationHostname'],
  ])('fires in %s on itself and on names below it, and on nothing that looks like it', async (logSource, field) => {
    const { firing } = await rendered([anIndicator('domain', 'evil.example')]);
    for (const hit of ['evil.example', 'EVIL.example', 'www.evil.example', 'a.b.evil.example']) {
      expect(firing(logSource, { [field]: hit }), hit).toBe(1);
    }
    for (const miss of ['notevil.example', 'evil.example.com', 'evil.exampl', 'evilxexample', 'example', '']) {
      expect(firing(logSource, { [field]: miss }), miss).toBe(0);
    }
  });

  it('stands once in a list, whatever ports and kinds it came with', async () => {
    const { output } = await rendered([
      anIndicator('domain', 'evil.example'),
      anIndicator('domain', 'evil.example', { port: 8443 }),
      anIndicator('hostname', 'evil.example'),
    ]);
    expect(output.text('rules/dns/net_dns_misp_host_high_clear.yml').match(/'evil\.example'/g)).toHaveLength(1);
  });
});

describe('a host name', () => {
  it('fires on itself alone', async () => {
    const { firing } = await rendered([anIndicator('hostname', 'cdn.evil.example')]);
    expect(firing('dns', { query: 'cdn.evil.example' })).toBe(1);
    expect(firing('dns', { query: 'a.cdn.evil.example' })).toBe(0);
    expect(firing('dns', { query: 'evil.example' })).toBe(0);
  });
});

describe('an address', () => {
  it('fires as the target of a connection unless it was seen as a source', async () => {
    const { firing } = await rendered([
      anIndicator('ipv4', '198.51.100.7'),
      anIndicator('ipv4', '198.51.100.8', { direction: 'source' }),
    ]);
    expect(firing('firewall', { dst_ip: '198.51.100.7', src_ip: '192.0.2.1' })).toBe(1);
    expect(firing('firewall', { dst_ip: '192.0.2.1', src_ip: '198.51.100.7' })).toBe(0);
    expect(firing('firewall', { dst_ip: '192.0.2.1', src_ip: '198.51.100.8' })).toBe(1);
    expect(firing('firewall', { dst_ip: '198.51.100.8', src_ip: '192.0.2.1' })).toBe(0);
    expect(firing('webserver', { 'c-ip': '198.51.100.8' })).toBe(1);
  });

  it('fires only together with the port that it came with', async () => {
    const { firing } = await rendered([
      anIndicator('ipv4', '198.51.100.7', { direction: 'destination', port: 443 }),
      anIndicator('ipv6', '2001:db8::7', { direction: 'destination', port: 8080 }),
      anIndicator('cidr', '203.0.113.0/24', { direction: 'destination', port: 443 }),
      anIndicator('ipv4', '192.0.2.9', { direction: 'source', port: 53 }),
    ]);
    expect(firing('firewall', { dst_ip: '198.51.100.7', dst_port: 443 })).toBe(1);
    expect(firing('firewall', { dst_ip: '198.51.100.7', dst_port: 8080 })).toBe(0);
    expect(firing('network_connection_linux', { DestinationIp: '2001:db8::7', DestinationPort: 8080 })).toBe(1);
    expect(firing('network_connection_windows', { DestinationIp: '203.0.113.200', DestinationPort: 443 })).toBe(1);
    expect(firing('firewall', { src_ip: '192.0.2.9', src_port: 53 })).toBe(1);
    expect(firing('firewall', { src_ip: '192.0.2.9', src_port: 54 })).toBe(0);
  });

  it('is not looked for without its port where no port is logged', async () => {
    const { rules } = await rendered([anIndicator('ipv4', '198.51.100.7', { direction: 'destination', port: 443 })]);
    expect([...rules.keys()].filter((path) => path.startsWith('rules/proxy/'))).toEqual([]);
  });

  it('fires inside a network and not beside it', async () => {
    const { firing } = await rendered([anIndicator('cidr', '198.51.100.0/25'), anIndicator('cidr', '2001:db8::/33')]);
    expect(firing('firewall', { dst_ip: '198.51.100.127' })).toBe(1);
    expect(firing('firewall', { dst_ip: '198.51.100.128' })).toBe(0);
    expect(firing('proxy', { dst_ip: '2001:db8:7fff::1' })).toBe(1);
    expect(firing('proxy', { dst_ip: '2001:db8:8000::1' })).toBe(0);
  });

  it('that is no network is left out, since it would cost the whole rule', async () => {
    const { skipped, rules } = await rendered([anIndicator('cidr', '198.51.100.7/24'), anIndicator('cidr', 'x/y')]);
    expect(skipped.map(({ reason }) => reason)).toEqual(['unsupported:cidr', 'unsupported:cidr']);
    expect(rules.size).toBe(0);
  });
});

describe('a URL', () => {
  it('fires on itself to the letter, wildcards included', async () => {
    const { firing } = await rendered([anIndicator('url', 'http://evil.example/a?b=*', { sharedHost: true })]);
    expect(firing('proxy', { 'c-uri': 'http://evil.example/a?b=*' })).toBe(1);
    expect(firing('proxy', { 'c-uri': 'http://evil.example/axb=*' })).toBe(0);
    expect(firing('proxy', { 'c-uri': 'http://evil.example/a?b=anything' })).toBe(0);
    expect(firing('proxy', { 'c-uri': 'http://evil.example/a?b=*&c' })).toBe(0);
  });

  it('makes no rule on its host', async () => {
    const { rules } = await rendered([anIndicator('url', 'https://evil.example/a')]);
    expect([...rules.keys()]).toEqual(['rules/proxy/proxy_misp_url_high_clear.yml']);
  });
});

describe('a user agent', () => {
  it('fires in proxy and web server logs', async () => {
    const { firing } = await rendered([anIndicator('user-agent', 'Evil/1.0 (*)')]);
    expect(firing('proxy', { 'c-useragent': 'Evil/1.0 (*)' })).toBe(1);
    expect(firing('webserver', { 'cs-user-agent': 'Evil/1.0 (*)' })).toBe(1);
    expect(firing('proxy', { 'c-useragent': 'Evil/1.0 (x)' })).toBe(0);
  });

  it.each(['a\nb', 'a\0', '\u202eevil'])('with an invisible character is left out: %j', async (value) => {
    const { skipped, rules } = await rendered([anIndicator('user-agent', value)]);
    expect(skipped.map(({ reason }) => reason)).toEqual(['unsupported:user-agent']);
    expect(rules.size).toBe(0);
  });

  it('that no log would keep whole is left out', async () => {
    const { skipped } = await rendered([anIndicator('user-agent', 'A'.repeat(65_536))]);
    expect(skipped).toMatchObject([{ reason: 'unsupported:user-agent', detail: 'longer than 8192 characters' }]);
  });
});

describe('a hash', () => {
  it.each([
    ['process_creation_windows', 'Hashes'],
    ['image_load_windows', 'Hashes'],
    ['driver_load_windows', 'Hashes'],
    ['create_stream_hash_windows', 'Hash'],
  ])('fires in %s among the other hashes of the file', async (logSource, field) => {
    const md5 = '44d88612fea8a8f36de82e1278abb02f';
    const { firing, output } = await rendered([anIndicator('md5', md5)]);
    const upper = md5.toUpperCase();
    expect(firing(logSource, { [field]: `SHA1=AA,MD5=${upper},IMPHASH=BB` })).toBe(1);
    expect(firing(logSource, { [field]: `SHA1=AA,IMPHASH=${upper}` })).toBe(0);
    expect([...output.files.values()].some(({ text }) => text.includes(`${field}|contains: 'MD5=${upper}'`))).toBe(
      true,
    );
  });
});

describe('rules', () => {
  it('have one level and one TLP label each', async () => {
    const { rules } = await rendered(
      [
        anIndicator('domain', 'a.example', { severity: 'low', tlp: 'amber+strict' }),
        anIndicator('domain', 'b.example', { severity: 'unknown', tlp: undefined }),
        anIndicator('domain', 'c.example', { severity: 'high', tlp: 'unknown' }),
      ],
      { logsources: ['dns'] },
    );
    expect(
      [...rules].map(([path, { level, tags }]) => [path, level, tags.filter((tag) => tag.startsWith('tlp'))]),
    ).toEqual([
      ['rules/dns/net_dns_misp_host_high_unknown.yml', 'high', ['tlp.red']],
      ['rules/dns/net_dns_misp_host_medium_unmarked.yml', 'medium', []],
      ['rules/dns/net_dns_misp_host_low_amber_strict.yml', 'low', ['tlp.amber-strict']],
    ]);
  });

  it('hold no more values than a chunk', async () => {
    const domains = Array.from({ length: 300 }, (_, i) => anIndicator('domain', `h${i}.example`));
    const { rules } = await rendered(domains, { chunk: 50, logsources: ['dns'] });
    const sizes = [...rules.values()].map((rule) => valuesOf(rule).filter(({ field }) => field === 'query').length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(50);
    expect(sizes.reduce((a, b) => a + b)).toBe(300);
  });

  it('stay the same files under the same ids when another indicator changes one of them', async () => {
    const domains = Array.from({ length: 300 }, (_, i) => anIndicator('domain', `h${i}.example`));
    const before = await rendered(domains, { chunk: 60, logsources: ['dns'] });
    const after = await rendered([...domains, anIndicator('domain', 'new.example')], {
      chunk: 60,
      logsources: ['dns'],
    });
    const texts = before.output.texts();
    const changed = Object.entries(after.output.texts()).filter(([path, text]) => texts[path] !== text);
    expect(changed).toHaveLength(1);
    expect(changed[0]?.[1]).toContain("'new.example'");
    expect([...after.rules].map(([path, { id }]) => [path, id])).toEqual(
      [...before.rules].map(([path, { id }]) => [path, id]),
    );
  });

  it('of two exporters have different ids', async () => {
    const ids = async (id: string) => {
      const exporter = new SigmaExporter(sigmaOptions.parse({}), testServices({ id }));
      const { output } = await render(exporter, [anIndicator('domain', 'evil.example')]);
      return [...readRules(output.files).values()].map((rule) => rule.id);
    };
    expect(new Set([...(await ids('public')), ...(await ids('internal'))]).size).toBe(8);
  });

  it('are written only for the log sources that are wanted', async () => {
    const { output, skipped } = await rendered(
      [
        anIndicator('domain', 'evil.example'),
        anIndicator('md5', '44d88612fea8a8f36de82e1278abb02f'),
        anIndicator('ipv4', '198.51.100.7', { port: 443 }),
      ],
      { logsources: ['proxy'] },
    );
    expect([...output.files.keys()]).toEqual(['rules/proxy/proxy_misp_host_high_clear.yml', 'sigma_check.yml']);
    expect(skipped.map(({ reason, detail }) => [reason, detail])).toEqual([
      ['unsupported:ipv4', 'none of the selected log sources shows ports'],
      ['unsupported:md5', 'none of its log sources is selected'],
    ]);
  });

  it('look the way they did', async () => {
    const { output } = await rendered([
      anIndicator('domain', 'evil.example', { updated: 1_795_500_000 }),
      anIndicator('hostname', 'cdn.evil.example'),
      anIndicator('ipv4', '198.51.100.7'),
      anIndicator('ipv6', '2001:db8::7', { port: 8080 }),
      anIndicator('cidr', '203.0.113.0/24'),
      anIndicator('ipv4', '198.51.100.8', { direction: 'source' }),
      anIndicator('url', "http://evil.example/it's?b=*&c=\\\\d"),
      anIndicator('user-agent', '" - {a: &b} #c %d'),
      anIndicator('sha256', '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f'),
      anIndicator('imphash', 'f34d5f2d4577ed6d9ceec516c1f5a744'),
    ]);
    const texts = [...output.files].map(([path, { text }]) => `### ${path}\n${text}`).join('\n');
    await expect(texts).toMatchFileSnapshot('../golden/rules.txt');
  });
});
