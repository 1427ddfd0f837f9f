import { type Indicator, makeIndicator } from '@misp-pipeline/core';
import { anIndicator, exporterContract, type OutputFiles, render, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { API_LINE, readCdb } from '../testing/cdb-reader.ts';
import { parseXml, readRules } from '../testing/rule-reader.ts';
import { LOG_SOURCES } from './log-sources/all.ts';
import { listsOf } from './look-up.ts';
import { wazuhOptions } from './options.ts';
import plugin from './plugin.ts';

const API_LISTS = new Set(listsOf(LOG_SOURCES).flatMap(({ api, name }) => (api ? [`lists/${name}`] : [])));

/** What the engine, or the manager's API, would say against files. */
function faults(files: OutputFiles): string[] {
  const problems: string[] = [];
  const { list } = parseXml(files.get('ossec.conf.snippet.xml')?.text ?? '') as { list: readonly string[] };
  const declared = new Set(list);
  for (const path of declared) if (!files.has(path.replace('etc/', ''))) problems.push(`\`${path}\` is not written`);
  const rules = files.get('rules/misp_pipeline_rules.xml');
  const read = readRules(rules?.text ?? '');
  if (read.length !== rules?.entries) problems.push(`counted ${rules?.entries} rules of ${read.length}`);
  for (const { id, lists } of read) {
    for (const { path } of lists) if (!declared.has(path)) problems.push(`rule ${id} names \`${path}\``);
  }
  const patterns = files.get('rules/misp_pipeline_substrings.xml');
  if (patterns !== undefined && readRules(patterns.text).length !== patterns.entries)
    problems.push('counted patterns wrongly');
  for (const [path, file] of files) if (path.startsWith('lists/')) problems.push(...listFaults(path, file));
  return problems;
}

function listFaults(path: string, { text, entries }: { text: string; entries: number }): string[] {
  const lines = text.split('\n').slice(0, -1);
  const keys = [...readCdb(text).keys()];
  const problems: string[] = [];
  if (!text.endsWith('\n')) problems.push(`\`${path}\` has no final line feed`);
  if (keys.length !== lines.length) problems.push(`\`${path}\` has ${lines.length} lines but ${keys.length} keys`);
  if (keys.length !== Math.max(entries, 1)) problems.push(`\`${path}\` counts ${entries} of ${keys.length} keys`);
  if (keys.some((key, i) => i > 0 && key <= (keys[i - 1] ?? ''))) problems.push(`\`${path}\` is not sorted`);
  if (API_LISTS.has(path)) {
    for (const line of lines) if (!API_LINE.test(line)) problems.push(`the API refuses ${JSON.stringify(line)}`);
  }
  return problems;
}

exporterContract(plugin, { accepts: faults, packageName: '@misp-pipeline/exporter-wazuh' });

describe('with all that is off by default', () => {
  exporterContract(plugin, { accepts: faults, options: { patterns: 100, iocs: true } });
});

function exported(indicators: readonly Indicator[], options: Record<string, unknown> = {}) {
  return render(plugin.create(wazuhOptions.parse(options), testServices()), indicators);
}

async function reasons(indicators: readonly Indicator[], options: Record<string, unknown> = {}) {
  const { skipped } = await exported(indicators, options);
  return Object.fromEntries(skipped.map(({ indicator, reason }) => [indicator.value, reason]));
}

describe('WazuhExporter', () => {
  it('writes the same rules, declarations and decoders whatever the indicators are', async () => {
    const some = (await exported([anIndicator('domain', 'evil.example')])).output.texts();
    const none = (await exported([])).output.texts();
    const changed = Object.keys(some).filter((path) => some[path] !== none[path]);
    expect(changed).toEqual(['lists/misp-connect', 'lists/misp-domain', 'lists/misp-domain-dot']);
  });

  it('says why an indicator is in no list', async () => {
    const quoted = 'http://evil.example/"';
    const long = `http://evil.example:81/${'a'.repeat(1024)}`;
    expect(
      await reasons([
        anIndicator('mutex', 'Global\\updater'),
        anIndicator('regkey', 'HKCU\\Software\\updater'),
        anIndicator('regkey', 'HKLM\\Software\\updater|1'),
        anIndicator('uri', '/'),
        anIndicator('uri', 'gate.php'),
        anIndicator('cidr', '2001:db8::/32'),
        anIndicator('cidr', '0.0.0.0/0'),
        anIndicator('ipv4', '203.0.113.9', { direction: 'source', port: 53 }),
        anIndicator('cidr', '203.0.113.0/24', { port: 53 }),
        anIndicator('url', quoted),
        anIndicator('url', long),
        anIndicator('user-agent', 'evil\u200b'),
      ]),
    ).toEqual({
      'Global\\updater': 'unsupported:mutex',
      'HKCU\\Software\\updater': 'unsupported:user-hive',
      'HKLM\\Software\\updater|1': 'unsupported:registry-data',
      '/': 'too-broad:uri',
      'gate.php': 'unsupported:relative-uri',
      '2001:db8::/32': 'unsupported:ipv6-network',
      '0.0.0.0/0': 'too-broad:cidr',
      '203.0.113.9': 'unsupported:port',
      '203.0.113.0/24': 'unsupported:port',
      [quoted]: 'unsupported:character',
      [long]: 'too-long:url',
      'evil\u200b': 'unsupported:character',
    });
  });

  it('leaves out the least worthy networks beyond the limit of keys, and says so', async () => {
    const networks = [
      anIndicator('cidr', '10.0.0.0/16', { confidence: 20 }),
      anIndicator('cidr', '10.2.0.0/15', { confidence: 80 }),
      anIndicator('cidr', '10.4.0.0/16', { confidence: 90 }),
    ];
    expect(await reasons(networks, { networkKeys: 2 })).toEqual({ '10.2.0.0/15': 'budget:networks' });
    expect(await reasons(networks, { networkKeys: 3 })).toEqual({ '10.0.0.0/16': 'budget:networks' });
  });

  it('leaves the least worthy indicators out of all lists when one is full, and says which', async () => {
    const indicators = ['a', 'b', 'c'].map((name, i) =>
      anIndicator('hostname', `${name}.example`, { confidence: 50 - i * 10 }),
    );
    const { output, skipped } = await exported(indicators, { listKeys: 2 });
    expect(skipped.map(({ indicator, reason }) => [indicator.value, reason])).toEqual([
      ['c.example', 'budget:misp-connect'],
    ]);
    for (const list of ['misp-connect', 'misp-domain', 'misp-domain-dot']) {
      expect(readCdb(output.text(`lists/${list}`)).size).toBe(2);
    }
  });

  it('writes only lines that the API takes when lists are delivered by it', async () => {
    const indicators = [
      anIndicator('url', 'http://evil.example/gate.php?id=1'),
      anIndicator('url', 'http://evil.example:81/'),
      anIndicator('ipv6', '2001:db8::1'),
      anIndicator('user-agent', 'curl/8'),
      anIndicator('user-agent', 'evil agent'),
      anIndicator('email-src', 'a@evil.example'),
    ];
    const { output, skipped } = await exported(indicators, { delivery: 'api' });
    expect(skipped.map(({ indicator, reason }) => [indicator.value, reason])).toEqual([
      ['http://evil.example:81/', 'unsupported:api'],
      ['evil agent', 'unsupported:api'],
    ]);
    for (const [path, text] of Object.entries(output.texts()).filter(([path]) => path.startsWith('lists/'))) {
      for (const line of text.trimEnd().split('\n')) expect(`${path} ${API_LINE.test(line)}`).toBe(`${path} true`);
    }
  });

  it('writes indicators for Wazuh 5 only on demand', async () => {
    const indicators = [
      anIndicator('ipv4', '203.0.113.7', { port: 4443, direction: 'destination' }),
      anIndicator('ipv4', '203.0.113.8'),
      anIndicator('hostname', 'evil.example', { port: 8443 }),
      anIndicator('domain', 'evil.example'),
      anIndicator('url', 'http://evil.example/A'),
    ];
    const { output } = await exported(indicators, { iocs: true });
    expect(
      output
        .text('wazuh5/iocs.ndjson')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { type: 'connection', name: '203.0.113.7:4443', source: 'misp-pipeline' },
      { type: 'url_domain', name: 'evil.example', source: 'misp-pipeline' },
      { type: 'url_full', name: 'http://evil.example/a', source: 'misp-pipeline' },
    ]);
    expect((await exported(indicators)).output.files.has('wazuh5/iocs.ndjson')).toBe(false);
  });

  it('writes only the lists and rules of the chosen log sources', async () => {
    const { output, skipped } = await exported(
      [anIndicator('domain', 'evil.example'), anIndicator('md5', '44d88612fea8a8f36de82e1278abb02f')],
      { logsources: ['fim'] },
    );
    expect([...output.files.keys()].sort()).toEqual([
      'lists/misp-file-path-fim',
      'lists/misp-hash',
      'lists/misp-registry-fim',
      'ossec.conf.snippet.xml',
      'rules/misp_pipeline_rules.xml',
    ]);
    expect(readRules(output.text('rules/misp_pipeline_rules.xml'))).toHaveLength(10);
    expect(skipped.map(({ reason }) => reason)).toEqual(['unsupported:domain']);
  });

  it('lets nothing of an event into its files but values', async () => {
    const indicator = anIndicator('domain', 'evil.example');
    const { output } = await exported([makeIndicator({ ...indicator, tags: ['tlp:green"<&'], techniques: ['T9999'] })]);
    for (const text of Object.values(output.texts())) expect(text).not.toMatch(/tlp:green|T9999|Phishing wave/);
  });
});
