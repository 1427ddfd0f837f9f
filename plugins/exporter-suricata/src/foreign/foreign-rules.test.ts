import type { Indicator } from '@misp-pipeline/core';
import { anIndicator, hostileIndicators, render, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { inFolder, SURICATA } from '../../testing/suricata.ts';
import { SuricataExporter } from '../exporter.ts';
import { suricataOptions } from '../options.ts';

const OTHER_RULE = 'alert dns any any -> any any (msg:"theirs"; dns.query; content:"evil.example"; sid:4711; rev:9;)';

async function exported(rules: readonly (string | Indicator)[], foreignRules = true) {
  const exporter = new SuricataExporter(suricataOptions.parse({ foreignRules }), testServices());
  const indicators = rules.map((rule) => (typeof rule === 'string' ? anIndicator('rule-suricata', rule) : rule));
  return { exporter, ...(await render(exporter, indicators)) };
}

async function passedOn(rules: readonly (string | Indicator)[], foreignRules = true) {
  const { output, skipped } = await exported(rules, foreignRules);
  const lines = output.text('misp-foreign.rules').split('\n').slice(1, -1);
  return {
    lines,
    reasons: skipped.map(({ reason, detail }) => (detail === undefined ? reason : `${reason} ${detail}`)),
  };
}

/** Reasons for which each rule alone is not taken. */
async function reasonsOf(rules: readonly string[]): Promise<string[]> {
  const reasons = await Promise.all(rules.map(async (rule) => (await passedOn([rule])).reasons));
  return reasons.map(([reason = 'taken']) => reason);
}

/** As they are written in the wild. */
const WILD = [
  'alert tcp $HOME_NET any -> $EXTERNAL_NET $HTTP_PORTS (msg:"Checkin"; flow:established,to_server; content:"POST"; http_method; content:"/gate.php?id="; http_uri; fast_pattern; pcre:"/\\/gate\\.php\\?id=[0-9a-f]{8}$/U"; content:!"Referer|3a|"; http_header; reference:md5,0123; classtype:trojan-activity; sid:2020001; rev:3; metadata:affected_product Windows, created_at 2020_01_01;)',
  'alert http $HOME_NET any -> $EXTERNAL_NET any (msg:"Bot"; flow:established,to_server; http.method; content:"GET"; http.uri; content:"/bot.exe"; endswith; http.header_names; content:!"Referer"; threshold:type limit, track by_src, count 1, seconds 60; sid:2020002; rev:3;)',
  'alert dns $HOME_NET any -> any any (msg: "Look-up"; dns_query; content:"evil.example"; nocase; isdataat:!1,relative; classtype:domain-c2; sid: 2020003; rev: 1;)',
  'alert tls $EXTERNAL_NET 443 -> $HOME_NET any (msg:"Certificate"; flow:established,to_client; tls_cert_subject; content:"CN=evil"; tls_cert_issuer; content:"C=XX"; sid:2020005; rev:1;)',
  'alert udp $HOME_NET any -> any 53 (msg:"Old look-up"; content:"|01 00 00 01 00 00 00 00 00 00|"; depth:10; offset:2; content:"|04|evil|07|example|00|"; nocase; distance:0; fast_pattern; reference:url,x.example/a\\;b; sid:2020006; rev:1;)',
  'alert tcp any any -> $HOME_NET [139,445] (msg:"SMB"; flow:established,to_server; content:"|ff|SMB"; content:"evil"; byte_test:1,&,0x80,6,relative; dsize:>20; detection_filter:track by_src,count 5,seconds 60; sid:2020007; rev:1;)',
  'alert smtp any any -> any any (msg:"Macro"; file_data; content:"evilmacro"; filename:"x.doc"; sid:2020008; rev:1;)',
];

const withOptions = (options: string) => `alert tcp any any -> any any (${options})`;
const withHeader = (header: string) => `${header} (msg:"x"; content:"abcdef";)`;

describe('rules of others', () => {
  it('are passed on with their message and their match, under a number and with metadata of ours', async () => {
    const { lines } = await passedOn([anIndicator('rule-suricata', OTHER_RULE, { tlp: 'green' })]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^alert dns any any -> any any \(msg:"theirs"; dns\.query; content:"evil\.example"; metadata:misp_kind rule-suricata, misp_event \S+, tlp green, misp_original_sid 4711; sid:1\d{9}; rev:1;\)$/,
    );
  });

  it('keep escapes, references and metadata to the letter', async () => {
    const options = 'msg:"a\\;\\"b"; content:"evil\\;|22|"; reference:url,x.example; metadata:a b; gid:7;';
    const { lines } = await passedOn([withOptions(options)]);
    expect(lines[0]).toContain(`(${options.replace(' gid:7;', '')} metadata:misp_kind`);
  });

  it('do not speak in our name', async () => {
    const metadata = 'metadata:tlp clear, a b, misp_event x, confidence_score 100; metadata:misp_kind y';
    const { lines } = await passedOn([anIndicator('rule-suricata', withOptions(`content:"abcdef"; ${metadata};`))]);
    expect(lines[0]).toContain('content:"abcdef"; metadata:a b; metadata:misp_kind rule-suricata, ');
  });

  it('are named after their event when they have no message', async () => {
    const { lines } = await passedOn([withOptions('content:"abcdef";')]);
    expect(lines[0]).toMatch(/\(msg:"MISP rule \(.+\)"; content/);
  });

  it('may be continued by a backslash, and have blanks in lists', async () => {
    const { lines } = await passedOn([
      'alert tcp [192.0.2.1, !192.0.2.2] any -> any [80, 90:100] \\\n (content:"abcdef"; )',
    ]);
    expect(lines[0]).toMatch(/^alert tcp \[192\.0\.2\.1,!192\.0\.2\.2\] any -> any \[80,90:100\] \(/);
  });

  it('are refused when they are not exactly one rule', async () => {
    const rules = [
      'alert tcp any any -> any any',
      'alert tcp any any -> any any (content:"abcdef")',
      'alert tcp any any -> any any (content:"abcdef";) # more',
      'alert tcp any any any any (content:"abcdef";)',
      `${OTHER_RULE}\n${OTHER_RULE}`,
      withOptions('content:"abc"def";'),
      withOptions('content:"abcdef;'),
      withOptions('msg:"x"; con tent:"abcdef";'),
      withOptions('content:"abc\u2028def";'),
      withOptions('msg:"\u202ecba"; content:"abcdef";'),
      // Without the blank, the engine would take the next option for a part of this one.
      withOptions('reference:url,x\\ ; content:"abcdef";'),
      withOptions('content:"abcdef"; metadata:a\\ , tlp clear;'),
      '# alert tcp any any -> any any (content:"abcdef";)',
    ];
    expect(new Set(await reasonsOf(rules))).toEqual(new Set(['refused:syntax']));
  });

  it('are refused when they do more than alert', async () => {
    const drop = withHeader('drop tcp any any -> any any');
    expect(await reasonsOf([drop])).toEqual(['refused:action drop tcp any any -> any any']);
    const harmful = [
      'noalert',
      'bypass',
      'tag:session,600,seconds',
      'replace:"x"',
      'lua:x.lua',
      'dataset:set,x,type string,save /etc/passwd',
      'datarep:x,>,1,load y',
      'filemd5:x.lst',
      'filestore',
      'flowbits:unset,ET.x',
      'iprep:any,X,>,1',
      'config:logging disable,type tx',
      'include:x',
    ];
    const reasons = await reasonsOf(harmful.map((option) => withOptions(`msg:"x"; content:"abcdef"; ${option};`)));
    expect(reasons).toEqual(harmful.map((option) => `refused:keyword ${option.replace(/:.*/, '')}`));
  });

  it('are refused when a sensor might not know a variable, an address, a port or a protocol', async () => {
    const reasons = await reasonsOf([
      withHeader('alert tcp $HOME_NET any -> $EXTERNAL_NET $HTTP_PORTS'),
      withHeader('alert tcp $NO_NET any -> any any'),
      withHeader('alert tcp any $NO_PORTS -> any any'),
      withHeader('alert tcp 1.2.3.400 any -> any any'),
      withHeader('alert tcp [192.0.2.1,[192.0.2.2] any -> any any'),
      withHeader('alert tcp any 65536 -> any any'),
      withHeader('alert modbus any any -> any any'),
    ]);
    expect(reasons.map((reason) => reason.split(' ')[0])).toEqual([
      'taken',
      'refused:address',
      'refused:port',
      'refused:address',
      'refused:address',
      'refused:port',
      'refused:protocol',
    ]);
  });

  it('are refused when nearly everything would match', async () => {
    const narrow = [withOptions('content:"|61 62 63|de";')];
    const broad = [
      'alert ip any any -> any any (msg:"x";)',
      'alert ip any any <> 8.8.8.8 any (msg:"x";)',
      'alert ip any any -> !192.0.2.1 any (msg:"x";)',
      'alert ip any any -> 10.0.0.0/8 any (msg:"x";)',
      withOptions('content:!"abcdef";'),
      withOptions('content:"POST";'),
      withOptions('content:"e"; content:"t"; content:"a"; content:"o"; content:"n";'),
      withOptions('pcre:"/./";'),
    ];
    expect(await reasonsOf(narrow)).toEqual(['taken']);
    expect(new Set(await reasonsOf(broad))).toEqual(new Set(['too-broad:rule']));
  });

  it('are refused when they do not fit in a line, without much thought', async () => {
    const long = withOptions(`content:"${'x'.repeat(8100)}";`);
    const endless = `alert tcp ${'['.repeat(500_000)}any${']'.repeat(500_000)} any -> any any (content:"abcdef";)`;
    const blank = `alert tcp any any -> any${' '.repeat(1_000_000)}any (content:"abcdef";)`;
    expect(await reasonsOf([long, endless, blank])).toEqual(Array(3).fill('unsupported:too-long'));
  });

  it('are left out when they are not wanted', async () => {
    expect(await passedOn([OTHER_RULE], false)).toEqual({ lines: [], reasons: ['skipped:foreignRules'] });
  });

  it('are one line each, whatever a publisher writes', async () => {
    const hostile = hostileIndicators().map(({ value }) => value);
    const { lines } = await passedOn(hostile.flatMap((text) => [text, withOptions(`content:"abcdef"; ${text};`)]));
    for (const line of lines) expect(line).toMatch(/^alert tcp any any -> any any \(.*; sid:\d+; rev:1;\)$/);
  });

  it.skipIf(!SURICATA)('are taken by the engine as they are written in the wild (needs suricata)', async () => {
    const { output, skipped, exporter } = await exported(WILD);
    expect(skipped).toEqual([]);
    const staged = { dir: inFolder(output.files), files: [...output.files.keys()] };
    const report = await exporter.check(staged, new AbortController().signal);
    expect(report).toMatchObject({ accepted: true, refused: [], messages: [] });
  });
});
