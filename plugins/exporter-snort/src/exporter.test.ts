import { type Direction, type Indicator, StageIds } from '@misp-pipeline/core';
import {
  anEvent,
  anIndicator,
  anOrigin,
  everyKind,
  hostileIndicators,
  render,
  testServices,
} from '@misp-pipeline/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderSnort, rulesFor } from '../testing/render-rules.ts';
import { optionOf, ruleProblems } from '../testing/rule-check.ts';
import { readRules } from '../testing/rule-reader.ts';
import { SnortExporter } from './exporter.ts';
import { type SnortVersion, snortOptions } from './options.ts';

const VERSIONS: readonly SnortVersion[] = [3, 2];
const SNIPPET = { 3: 'misp-pipeline.lua', 2: 'misp-pipeline.conf' } as const;

/** One of each form, with what hostile publishers write. */
const SAMPLE: readonly Indicator[] = [
  anIndicator('ipv4', '203.0.113.7'),
  anIndicator('ipv4', '203.0.113.7', { direction: 'source' }),
  anIndicator('ipv4', '203.0.113.9', { direction: 'destination', port: 4443 }),
  anIndicator('ipv6', '2001:db8::9', { direction: 'source', port: 53 }),
  anIndicator('ipv6', '2001:db8::7'),
  anIndicator('cidr', '198.51.100.0/24'),
  anIndicator('domain', 'evil.example', { techniques: ['T1071.004'], confidence: 80, severity: 'medium' }),
  anIndicator('hostname', 'cdn.evil.example', { severity: 'low', tlp: 'amber+strict' }),
  anIndicator('hostname', 'c2.evil.example', { port: 8443, severity: 'unknown', tlp: undefined }),
  anIndicator('url', 'http://evil.example/gate.php?id=1'),
  anIndicator('url', 'http://evil.example:8080/a%20b//"c";|d|?x=$(id)'),
  anIndicator('url', 'http://evil.example/'),
  anIndicator('url', 'https://drop.example/stage2.bin'),
  anIndicator('url', 'https://203.0.113.10/stage2.bin'),
  anIndicator('uri', '/panel/gate.php'),
  anIndicator('uri', 'gate.php?id='),
  anIndicator('user-agent', 'Mozilla/4.0 ("evil"; bücher)'),
  anIndicator('sha256', '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f'),
  anIndicator('http-method', 'PROPFIND'),
  anIndicator('cookie', 'id="9f8e7d"'),
  anIndicator('cookie', 'id=%2f%2f'),
  anIndicator('pattern-in-traffic', 'BOT|0d 0a|HELO;'),
  anIndicator('filename', 'setup.js'),
  anIndicator('rule-snort', 'alert tcp any any -> any 80 (msg:"theirs"; content:"gate"; sid:4712; rev:1;)'),
  anIndicator('email-x-mailer', 'The Bat! 9.1'),
  anIndicator('email-message-id', '<4711@evil.example>'),
  anIndicator('email-src', 'bad@evil.example'),
  anIndicator('email-subject', 'Invoice "4711"; urgent'),
  anIndicator('email-attachment', 'invoice.pdf.exe', {
    origins: [
      anOrigin({
        event: anEvent({ title: 'T";\\ sid:1; |$HOME|\n)', link: 'https://misp.example.org:8443/events/view/42' }),
      }),
    ],
  }),
];

describe.each(VERSIONS)('exporter for Snort %i', (version) => {
  it.each(['misp.rules', 'misp-foreign.rules', SNIPPET[version], 'reputation/misp-ip.blocklist'])(
    'writes %s as in the golden file',
    async (path) => {
      const { output } = await renderSnort(SAMPLE, { version });
      await expect(output.text(path)).toMatchFileSnapshot(`../golden/snort${version}/${path}`);
    },
  );

  it('says why it leaves an indicator out', async () => {
    const { skipped } = await renderSnort(
      [
        anIndicator('md5', '44d88612fea8a8f36de82e1278abb02f'),
        anIndicator('ja3', 'e7d705a3286e19ea42f587b344ee6865'),
        anIndicator('cidr', '10.0.0.0/7'),
        anIndicator('cidr', '2000::/15'),
        anIndicator('cidr', '203.0.113.1/24'),
        anIndicator('ipv4', '203.0.113.1\n0.0.0.0/0'),
        anIndicator('ipv6', '2001:db8::z'),
        anIndicator('domain', 'evil.example";'),
        anIndicator('url', 'ftp://evil.example/a'),
        anIndicator('domain', 'shared.example', { sharedHost: true }),
        anIndicator('ipv4', '203.0.113.8', { sharedHost: true }),
        anIndicator('url', 'https://shared.example/a', { sharedHost: true }),
        anIndicator('url', 'http://shared.example/', { sharedHost: true }),
        anIndicator('url', `http://evil.example/${'a'.repeat(2048)}`),
        anIndicator('url', 'nonsense'),
        anIndicator('uri', '/a'),
        anIndicator('user-agent', 'a\r\nb'),
        anIndicator('email-subject', ''),
        anIndicator('http-method', 'POST'),
        anIndicator('http-method', 'A B'),
        anIndicator('cookie', 'a=b'),
        anIndicator('filename', 'C:\\evil.exe'),
        anIndicator('pattern-in-traffic', '|de ad be|'),
      ],
      { version },
    );
    expect(skipped.map(({ indicator, reason }) => `${indicator.kind} ${reason}`).sort()).toEqual([
      'cidr too-broad:cidr',
      'cidr too-broad:cidr',
      'cidr unsupported:malformed',
      'cookie too-broad:cookie',
      'domain too-broad:shared-host',
      'domain unsupported:malformed',
      'email-subject unsupported:malformed',
      'filename unsupported:path',
      'http-method too-broad:http-method',
      'http-method unsupported:malformed',
      'ipv4 too-broad:shared-host',
      'ipv4 unsupported:malformed',
      'ipv6 unsupported:malformed',
      'ja3 unsupported:ja3',
      'md5 unsupported:md5',
      'pattern-in-traffic too-broad:pattern-in-traffic',
      'uri too-broad:uri',
      'url too-broad:shared-host',
      'url too-broad:shared-host',
      'url unsupported:malformed',
      'url unsupported:too-long',
      'url unsupported:url-scheme',
      'user-agent unsupported:malformed',
    ]);
  });

  it('keeps a URL with a path on a shared host', async () => {
    const url = anIndicator('url', 'http://shared.example/user/evil.bin', { sharedHost: true });
    expect(await rulesFor([url], { version })).toHaveLength(1);
  });

  it('writes strict rules for every kind and for hostile values, and counts them', async () => {
    for (const indicators of [everyKind(), hostileIndicators(), []]) {
      const { output } = await renderSnort(indicators, { version });
      const text = output.text('misp.rules');
      expect(ruleProblems(text, version)).toEqual([]);
      expect(readRules(text).rules).toHaveLength(output.files.get('misp.rules')?.entries ?? -1);
    }
  });

  it('writes strict rules for any text, and counts them', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({
        unit: fc.constantFrom(
          '"',
          ';',
          '|',
          '\\',
          '/',
          ':',
          ',',
          '$',
          '(',
          ')',
          '#',
          "'",
          '\n',
          'ü',
          'a',
          ' ',
          '%',
          '+',
        ),
      }),
    );
    const kinds = fc.constantFrom(
      'domain',
      'hostname',
      'url',
      'uri',
      'user-agent',
      'email',
      'email-subject',
      'email-attachment',
      'email-x-mailer',
      'email-message-id',
      'filename',
      'cookie',
      'http-method',
      'pattern-in-traffic',
      'ipv4',
      'ipv6',
      'cidr',
      'sha256',
    );
    const property = fc.asyncProperty(
      kinds,
      text,
      text,
      fc.option(fc.integer({ min: 1, max: 65535 })),
      async (kind, value, title, port) => {
        const origins = [anOrigin({ event: anEvent({ title, org: title, link: `https://misp.example/${title}` }) })];
        const values = kind === 'url' ? [`http://evil.example/${value}`, `https://${value}/`, value] : [value];
        const all = values.map((one) => anIndicator(kind, one, { origins, tags: [title], port: port ?? undefined }));
        const { output } = await renderSnort(all, { version });
        expect(ruleProblems(output.text('misp.rules'), version)).toEqual([]);
        expect(readRules(output.text('misp.rules')).rules).toHaveLength(output.files.get('misp.rules')?.entries ?? -1);
        const list = output.files.get('reputation/misp-ip.blocklist');
        expect(list?.text.split('\n').length ?? 1).toBe((list?.entries ?? 0) + 1);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });

  it('gives each form of an indicator a sid of its own that outlives other indicators', async () => {
    const ids = new StageIds('snort');
    const sidsOf = async (indicators: readonly Indicator[]) => {
      const exporter = new SnortExporter(snortOptions.parse({ version }), testServices({ ids }));
      const { output } = await render(exporter, indicators);
      return readRules(output.text('misp.rules')).rules.map((rule) => optionOf(rule, 'sid'));
    };
    const evil = anIndicator('domain', 'evil.example');
    const both = await sidsOf([evil, anIndicator('domain', 'bad.example')]);
    expect(new Set(both).size).toBe(both.length);
    expect(await sidsOf([evil])).toEqual(both.slice(both.length / 2));
  });

  it('looks for a port of an address at the end of the flow that the direction names', async () => {
    const headers = async (direction: Direction | undefined) =>
      (await rulesFor([anIndicator('ipv4', '203.0.113.7', { direction, port: 53 })], { version })).map((r) => r.header);
    const to = ['alert tcp $HOME_NET any -> 203.0.113.7 53', 'alert udp $HOME_NET any -> 203.0.113.7 53'];
    expect(await headers('destination')).toEqual(to);
    expect(await headers(undefined)).toEqual(to);
    const from = ['alert tcp 203.0.113.7 53 -> $HOME_NET any', 'alert udp 203.0.113.7 53 -> $HOME_NET any'];
    expect(await headers('source')).toEqual(from);
  });

  it('lists an address once, whatever its directions', async () => {
    const addresses = [undefined, 'source', 'destination'] as const;
    const { output } = await renderSnort(
      addresses.map((direction) => anIndicator('ipv4', '203.0.113.7', { direction })),
      { version },
    );
    expect(output.text('reputation/misp-ip.blocklist')).toBe('203.0.113.7\n');
    expect(output.placements.map(({ indicator }) => indicator.direction)).toEqual([undefined, 'destination', 'source']);
  });

  it('says nothing of reputation without addresses', async () => {
    const { output } = await renderSnort([anIndicator('domain', 'evil.example')], { version });
    expect([...output.files.keys()].sort()).toEqual(['misp-foreign.rules', SNIPPET[version], 'misp.rules']);
    expect(output.text(SNIPPET[version])).not.toContain('reputation');
    expect(output.text('misp.rules')).not.toContain('gid:136');
  });
});

describe('exporter for Snort', () => {
  it('watches the address list without blocking in Snort 3', async () => {
    const { output } = await renderSnort([anIndicator('ipv4', '203.0.113.7')]);
    expect(output.text('reputation/interface.info')).toBe('misp-ip.blocklist, 7001, monitor\n');
  });

  it('lists file digests for Snort 3 only', async () => {
    const digest = anIndicator('sha256', 'a'.repeat(64));
    expect((await renderSnort([digest])).output.text('misp-sha256.list')).toBe(`${'a'.repeat(64)}\n`);
    const old = await renderSnort([digest], { version: 2 });
    expect(old.skipped.map(({ reason }) => reason)).toEqual(['unsupported:sha256']);
  });

  it('writes one set of rules for a name, whichever indicators name it', async () => {
    const name = 'evil.example';
    const indicators = [
      anIndicator('hostname', name, { tlp: 'amber', severity: 'low', confidence: 40 }),
      anIndicator('domain', name, { tlp: 'green', severity: 'low', firstSeen: 1_760_000_000, techniques: ['T1071'] }),
      anIndicator('hostname', name, { port: 8443 }),
      anIndicator('url', `https://${name}/a`),
      anIndicator('url', `https://${name}:8443/b`),
    ];
    const { output } = await renderSnort(indicators);
    const { rules } = readRules(output.text('misp.rules'));
    expect(rules.map(({ header }) => header)).toEqual(['alert dns', 'alert http', 'alert ssl']);
    for (const rule of rules) {
      expect(optionOf(rule, 'priority')).toBe('1');
      expect(optionOf(rule, 'metadata')).toMatch(/tlp amber, confidence_score 40, first_seen 2025-10-09, .*T1071$/);
      expect(optionOf(rule, 'msg')).toContain('(Phishing wave +4)');
    }
    expect(output.placements).toHaveLength(indicators.length * rules.length);
  });

  it('writes one rule for the https URLs of a host', async () => {
    const urls = ['https://a.example/1', 'https://a.example/2', 'https://a.example:8443/1', 'https://b.example/1'];
    const rules = await rulesFor(urls.map((url) => anIndicator('url', url)));
    expect(rules.map(({ header }) => header)).toEqual(['alert ssl', 'alert ssl']);
    const [rule] = await rulesFor([anIndicator('url', 'https://a.example:8443/1')]);
    expect(rule?.header).toBe('alert ssl any any -> any 8443');
  });

  it('watches connections to the address of an https URL', async () => {
    const urls = ['https://203.0.113.7/1', 'https://203.0.113.7/2', 'https://[2001:db8::7]:8443/'];
    const rules = await rulesFor(urls.map((url) => anIndicator('url', url)));
    expect(rules.map(({ header }) => header)).toEqual([
      'alert tcp $HOME_NET any -> 203.0.113.7 443',
      'alert tcp $HOME_NET any -> 2001:db8::7 8443',
    ]);
  });

  it('copes with a host that very many URLs name', async () => {
    const urls = Array.from({ length: 50_000 }, (_, i) => anIndicator('url', `https://a.example/${i}`));
    const { output } = await renderSnort(urls);
    expect(output.files.get('misp.rules')?.entries).toBe(1);
    expect(output.placements).toHaveLength(urls.length);
  });

  it('keeps the sid of a host when the first of its https URLs goes', async () => {
    const ids = new StageIds('snort');
    const sidsOf = async (urls: readonly string[]) => {
      const exporter = new SnortExporter(snortOptions.parse({}), testServices({ ids }));
      const { output } = await render(
        exporter,
        urls.map((url) => anIndicator('url', url)),
      );
      return readRules(output.text('misp.rules')).rules.map((rule) => optionOf(rule, 'sid'));
    };
    const [before] = await sidsOf(['https://a.example/1', 'https://a.example/2']);
    expect(await sidsOf(['https://a.example/2'])).toEqual([before]);
  });
});
