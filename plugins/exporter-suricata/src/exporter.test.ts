import { INDICATOR_KINDS, type Indicator, StageIds } from '@misp-pipeline/core';
import { anIndicator, everyKind, type Rendered, render, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { coverage } from './coverage.ts';
import { SuricataExporter } from './exporter.ts';
import { type Mode, suricataOptions } from './options.ts';

function exported(indicators: Iterable<Indicator>, mode: Mode = 'auto', ids = new StageIds('test')): Promise<Rendered> {
  return render(new SuricataExporter(suricataOptions.parse({ mode }), testServices({ ids })), indicators);
}

function reasons({ skipped }: Rendered): Record<string, string> {
  return Object.fromEntries(skipped.map(({ indicator, reason }) => [indicator.value, reason]));
}

/** Rules of a file whose text holds all of `parts`. */
function rulesWith({ output }: Rendered, parts: readonly string[], file = 'misp.rules'): string[] {
  const rules = output
    .text(file)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return rules.filter((rule) => parts.every((part) => rule.includes(part)));
}

function names(count: number): Indicator[] {
  return Array.from({ length: count }, (_, i) => anIndicator('domain', `d${i}.example`));
}

function addresses(count: number, port?: number): Indicator[] {
  return Array.from({ length: count }, (_, i) =>
    anIndicator('ipv4', `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, { direction: 'destination', port }),
  );
}

describe('what cannot be expressed', () => {
  it('places the kinds that the coverage gives a form, and skips the others as unsupported', async () => {
    const indicators = everyKind().map((indicator) => ({ ...indicator, sharedHost: false }));
    const { skipped, output } = await exported(indicators);
    const placed = new Set(output.placements.map(({ indicator }) => indicator.kind));
    const unsupported = skipped.filter(({ indicator, reason }) => reason === `unsupported:${indicator.kind}`);
    const kindsOf = (support: 'form' | 'unsupported') => INDICATOR_KINDS.filter((kind) => support in coverage[kind]);
    expect(INDICATOR_KINDS.filter((kind) => placed.has(kind))).toEqual(kindsOf('form'));
    expect([...new Set(unsupported.map(({ indicator }) => indicator.kind))]).toEqual(kindsOf('unsupported'));
  });

  it('refuses networks and paths that would match nearly everything', async () => {
    const wide = ['0.0.0.0/0', '10.0.0.0/7', '::/0', '2000::/15'].map((value) => anIndicator('cidr', value));
    const narrow = ['10.0.0.0/8', '2001::/16'].map((value) => anIndicator('cidr', value));
    expect(reasons(await exported([...wide, ...narrow, anIndicator('uri', '/')]))).toEqual({
      '0.0.0.0/0': 'too-broad:cidr',
      '10.0.0.0/7': 'too-broad:cidr',
      '::/0': 'too-broad:cidr',
      '2000::/15': 'too-broad:cidr',
      '/': 'too-broad:uri',
    });
  });

  it('refuses URLs of other protocols, and values that do not fit in a rule', async () => {
    const long = `http://long.example/${'a'.repeat(4000)}`;
    const manyEscapes = `http://long.example/${'%41'.repeat(500)}`;
    const fitting = `http://long.example/${'a'.repeat(3000)}`;
    const urls = ['ftp://files.example/x', long, manyEscapes, fitting].map((value) => anIndicator('url', value));
    const mail = 'x'.repeat(5000);
    expect(reasons(await exported([...urls, anIndicator('email-subject', mail)]))).toEqual({
      'ftp://files.example/x': 'unsupported:url-scheme',
      [long]: 'unsupported:too-long',
      [manyEscapes]: 'unsupported:too-long',
      [mail]: 'unsupported:too-long',
    });
  });

  it('refuses what is longer than the engine ever sees of a stream or of a file name in a mail', async () => {
    const sized = (kind: 'pattern-in-traffic' | 'email-attachment', size: number) =>
      anIndicator(kind, `evil${'a'.repeat(size - 4)}`);
    const long = [sized('pattern-in-traffic', 2305), sized('email-attachment', 255)];
    const seen = [sized('pattern-in-traffic', 2304), sized('email-attachment', 254)];
    expect(reasons(await exported([...long, ...seen]))).toEqual(
      Object.fromEntries(long.map(({ value }) => [value, 'unsupported:too-long'])),
    );
  });

  it('keeps what is not canonical out of the rules', async () => {
    const rendered = await exported([
      anIndicator('ipv4', '1.2.3.4 any -> any any (sid:1;)'),
      anIndicator('ipv6', 'fe80::1%eth0'),
      anIndicator('cidr', '1.2.3.4/99'),
      anIndicator('domain', 'Evil.example'),
      anIndicator('hostname', 'a.example"; sid:1;'),
      anIndicator('url', 'http://Evil.example/'),
      anIndicator('md5', 'not a hash'),
      anIndicator('x509-sha1', ''),
    ]);
    expect(new Set(rendered.skipped.map(({ reason }) => reason))).toEqual(new Set(['unsupported:malformed']));
    expect(rendered.skipped).toHaveLength(8);
    expect(rulesWith(rendered, [])).toEqual([]);
  });
});

describe('hosts that others share', () => {
  it('get no rule that sees the host only', async () => {
    const shared = { sharedHost: true };
    const rendered = await exported([
      anIndicator('domain', 'sites.example', shared),
      anIndicator('ipv4', '203.0.113.7', shared),
      anIndicator('url', 'https://sites.example/evil', shared),
      anIndicator('url', 'http://sites.example/', shared),
      anIndicator('url', 'http://sites.example/evil', shared),
    ]);
    expect(reasons(rendered)).toEqual({
      'sites.example': 'too-broad:shared-host',
      '203.0.113.7': 'too-broad:shared-host',
      'https://sites.example/evil': 'too-broad:shared-host',
      'http://sites.example/': 'too-broad:shared-host',
    });
    expect(rulesWith(rendered, [])).toHaveLength(1);
    expect(rulesWith(rendered, ['content:"sites.example"', 'content:"/evil"'])).toHaveLength(1);
  });

  it.each(['rules', 'datasets'] as const)(
    'are seen by their port where there is one, but not in DNS (mode %s)',
    async (mode) => {
      const rendered = await exported(
        [anIndicator('hostname', 'tunnel.example', { sharedHost: true, port: 4443 })],
        mode,
      );
      expect(rendered.skipped).toEqual([]);
      expect(rulesWith(rendered, ['-> any 4443 '])).toHaveLength(2);
      expect(rulesWith(rendered, ['alert dns'])).toEqual([]);
    },
  );
});

describe('https URLs', () => {
  it('share one rule a protocol for all URLs of a host, in which each of them is placed', async () => {
    const urls = ['https://a.example/1', 'https://a.example/2', 'https://a.example:8443/3'].map((value) =>
      anIndicator('url', value),
    );
    const rendered = await exported(urls);
    expect(rulesWith(rendered, ['tls.sni', 'content:"a.example"', '-> any any '])).toHaveLength(1);
    expect(rulesWith(rendered, [])).toHaveLength(1);
    expect(rulesWith(rendered, [], 'misp-quic.rules')).toHaveLength(1);
    const placed = rendered.output.placements.map(({ indicator }) => indicator.value);
    expect(placed.filter((value) => value === 'https://a.example:8443/3')).toHaveLength(2);
  });

  it('are seen on their ports alone when all of them have one', async () => {
    const rendered = await exported(
      [8443, 444, 8443].map((port, i) => anIndicator('url', `https://a.example:${port}/${i}`)),
    );
    expect(rulesWith(rendered, ['tls.sni', '-> any [444,8443] '])).toHaveLength(1);
  });

  it('fit in a rule however many ports they have', async () => {
    const rendered = await exported(
      Array.from({ length: 3000 }, (_, i) => anIndicator('url', `https://a.example:${i + 1000}/`)),
    );
    expect(rulesWith(rendered, ['tls.sni', '-> any any '])).toHaveLength(1);
  });

  it('of an address are seen as TLS to that address, since no name is sent', async () => {
    const rendered = await exported([anIndicator('url', 'https://203.0.113.7/x')]);
    expect(rulesWith(rendered, ['alert tls any any -> 203.0.113.7 [443] '])).toHaveLength(1);
    expect(rulesWith(rendered, ['tls.sni'])).toEqual([]);
  });
});

describe('mode auto', () => {
  it('writes a rule for a value that is too long for a line of a list', async () => {
    const long = [anIndicator('user-agent', 'U'.repeat(900)), anIndicator('filename', '\u0444'.repeat(200))];
    const short = [anIndicator('user-agent', 'Evil/1.0'), anIndicator('filename', 'evil-tool.exe')];
    const rendered = await exported([...long, ...short], 'datasets');
    expect(rulesWith(rendered, ['content:"UUUU'])).toHaveLength(1);
    expect(rulesWith(rendered, ['file.name;', 'content:"|d1 84'])).toHaveLength(1);
    for (const name of ['misp-user-agent', 'misp-filename']) {
      expect(rendered.output.files.get(`datasets/${name}.lst`)?.entries).toBe(1);
      expect(rendered.output.files.get(`datasets/${name}.ndjson`)?.entries).toBe(1);
    }
  });

  it('writes rules up to 2,000 names, and lists above', async () => {
    const few = await exported(names(2000));
    expect(few.output.files.has('datasets/misp-domain-2.lst')).toBe(false);
    expect(few.output.files.get('misp.rules')?.entries).toBe(6000);
    const many = await exported(names(2001));
    expect(many.output.files.get('datasets/misp-domain-2.lst')?.entries).toBe(2001);
    expect(many.output.files.get('misp.rules')?.entries).toBe(3);
    expect(many.output.files.get('misp-quic.rules')?.entries).toBe(1);
  });

  it('writes rules up to 1,000 addresses, and rules with many addresses above', async () => {
    expect(rulesWith(await exported(addresses(1000)), [])).toHaveLength(1000);
    const rules = rulesWith(await exported(addresses(20_000)), []);
    const counts = rules.map((rule) => rule.slice(0, rule.indexOf(']')).split(',').length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(20_000);
    expect(Math.max(...counts)).toBeLessThanOrEqual(400);
    expect(Math.max(...rules.map((rule) => rule.length))).toBeLessThanOrEqual(8191);
  });

  it('changes one rule when one of many addresses comes', async () => {
    const ids = new StageIds('test');
    const all = addresses(5001);
    const before = new Set(rulesWith(await exported(all.slice(0, 5000), 'auto', ids), []));
    const after = rulesWith(await exported(all, 'auto', ids), []);
    expect(after.filter((rule) => !before.has(rule))).toHaveLength(1);
    expect(after).toHaveLength(before.size);
  });

  it('keeps addresses with different ports apart', async () => {
    const rendered = await exported([...addresses(600, 443), ...addresses(600, 8080)]);
    const ports = rulesWith(rendered, []).map((rule) => /\] (\d+) \(/.exec(rule)?.[1]);
    expect(new Set(ports)).toEqual(new Set(['443', '8080']));
  });

  it('writes http URLs as lists of hosts where many share a path, and one by one where not', async () => {
    const sharing = Array.from({ length: 2000 }, (_, i) => anIndicator('url', `http://h${i}.example/bin.sh`));
    const others = Array.from({ length: 40 }, (_, i) => anIndicator('url', `http://h${i}.example/other.sh`));
    const rendered = await exported([...sharing, ...others]);
    expect(rulesWith(rendered, ['content:"/bin.sh"', 'version >= 8'])).toHaveLength(1);
    expect(rulesWith(rendered, ['content:"/bin.sh"', 'version < 8'])).toHaveLength(1);
    expect(rulesWith(rendered, ['content:"/other.sh"'])).toHaveLength(40);
    const lists = [...rendered.output.files].filter(([path]) => path.startsWith('datasets/'));
    expect(lists.map(([, { entries }]) => entries)).toEqual([2000, 2000]);
    expect(new Set(rendered.output.placements.map(({ indicator }) => indicator)).size).toBe(2040);
  });
});

describe('file hashes', () => {
  const md5 = anIndicator('md5', '0123456789abcdef0123456789abcdef');
  const sha256 = anIndicator('sha256', '0123456789abcdef'.repeat(4));

  it('of one kind are looked for in whole files on every version', async () => {
    const rendered = await exported([md5]);
    expect(rulesWith(rendered, ['filemd5:datasets/misp-md5.lst;'])).toHaveLength(2);
    expect(rulesWith(rendered, ['file.data'])).toEqual([]);
    expect(rulesWith(rendered, [], 'misp-force-hash.rules')).toEqual([]);
  });

  it('of a second kind are looked for in another way on version 7, which computes one kind only', async () => {
    const rendered = await exported([md5, sha256]);
    expect(rulesWith(rendered, ['requires:version < 8;', 'file.data; to_md5;'])).toHaveLength(1);
    expect(rulesWith(rendered, ['requires:version >= 8;', 'filemd5:'])).toHaveLength(1);
    expect(rulesWith(rendered, ['filesha256:'])).toHaveLength(2);
    expect(rendered.output.files.get('misp.rules')?.entries).toBe(2);
    expect(rulesWith(rendered, ['filemd5:'], 'misp-force-hash.rules')).toHaveLength(1);
  });
});

describe('the include file', () => {
  it('names the rule files where the sensor finds them', async () => {
    const options = suricataOptions.parse({ sensorPath: '/etc/suricata/my "misp"/' });
    const { output } = await render(new SuricataExporter(options, testServices()), []);
    expect(output.text('misp-pipeline.yaml')).toContain('rule-files.misp: "/etc/suricata/my \\"misp\\"/misp.rules"\n');
  });
});

describe('what tells too little', () => {
  it.each([
    ['http-method', 'POST', 'too-broad:http-method'],
    ['cookie', 'PHPSESSID', 'too-broad:cookie'],
    ['pattern-in-traffic', 'POST', 'too-broad:pattern'],
    ['pattern-in-traffic', '|50 4f|ST', 'too-broad:pattern'],
    ['filename', 'C:\\Windows\\System32\\SvcHost.exe', 'too-broad:filename'],
    ['filename', 'setup (2).exe', 'too-broad:filename'],
    ['filename', 'invoice_0815.pdf', 'too-broad:filename'],
    ['filename', 'a.exe', 'too-broad:filename'],
    ['filename', '*.scr', 'unsupported:filename-pattern'],
  ] as const)('makes no detection: %s %s', async (kind, value, reason) => {
    expect(reasons(await exported([anIndicator(kind, value)]))).toEqual({ [value]: reason });
  });

  it('leaves the name of a file to its hash, where the engine computes it', async () => {
    const named = (hash: string) => anIndicator('filename', 'Bill-4711.pdf.exe', { companions: [hash] });
    expect(reasons(await exported([named('sha256:00')]))).toEqual({ 'Bill-4711.pdf.exe': 'covered:hash' });
    expect(reasons(await exported([named('sha512:00')]))).toEqual({});
  });
});

describe('limits', () => {
  const urls = Array.from({ length: 10 }, (_, i) =>
    anIndicator('url', `http://u${i}.example/${i}`, { confidence: 10 * i }),
  );

  async function limited(limits: object, indicators: readonly Indicator[]): Promise<Rendered> {
    return render(new SuricataExporter(suricataOptions.parse({ limits }), testServices()), indicators);
  }

  it('keep the worthiest rules, and count what is cut', async () => {
    const rendered = await limited({ rules: 3 }, urls);
    expect(rulesWith(rendered, ['url http']).map((rule) => /u\d/.exec(rule)?.[0])).toEqual(['u7', 'u8', 'u9']);
    expect(Object.values(reasons(rendered))).toEqual(Array.from({ length: 7 }, () => 'budget:rules'));
  });

  it('keep the worthiest lines of a list, and count what is cut', async () => {
    const rendered = await limited(
      { entries: 1 },
      ['a', 'b'].map((digit, i) => anIndicator('md5', digit.repeat(32), { confidence: 10 * i })),
    );
    expect(rendered.output.text('datasets/misp-md5.lst')).toBe(`${'b'.repeat(32)}\n`);
    expect(reasons(rendered)).toEqual({ ['a'.repeat(32)]: 'budget:entries' });
  });

  it('do not count lists as rules', async () => {
    const rendered = await limited({ rules: 1 }, names(2001));
    expect(rendered.skipped).toEqual([]);
  });
});
