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
        anIndicator('imphash', 'f34d5f2d4577ed6d9ceec516c1f5a744'),
        anIndicator('cidr', '2001:db8::/32'),
        anIndicator('cidr', '0.0.0.0/0'),
        anIndicator('ipv4', '203.0.113.9', { direction: 'source', port: 53 }),
        anIndicator('cidr', '203.0.113.0/24', { port: 53 }),
        anIndicator('url', quoted),
        anIndicator('url', long),
        anIndicator('user-agent', 'evil\u200b'),
      ]),
    ).toEqual({
      f34d5f2d4577ed6d9ceec516c1f5a744: 'unsupported:imphash',
      '2001:db8::/32': 'unsupported:ipv6-network',
      '0.0.0.0/0': 'too-broad:cidr',
      '203.0.113.9': 'unsupported:port',
      '203.0.113.0/24': 'unsupported:port',
      [quoted]: 'unsupported:character',
      [long]: 'too-long:url',
      'evil\u200b': 'unsupported:character',
    });
  });

  it('leaves out networks beyond the limit of keys, and says so', async () => {
    const networks = ['10.0.0.0/16', '10.2.0.0/15', '10.4.0.0/16'].map((value) => anIndicator('cidr', value));
    const { output, skipped } = await exported(networks, { networkKeys: 2 });
    expect(output.text('lists/misp-net-dst')).toBe('10.0.:high\n10.4.:high\n');
    expect(skipped.map(({ indicator, reason }) => [indicator.value, reason])).toEqual([
      ['10.2.0.0/15', 'over-budget:cidr'],
    ]);
  });

  it('writes only the lists and rules of the chosen log sources', async () => {
    const { output, skipped } = await exported(
      [anIndicator('domain', 'evil.example'), anIndicator('md5', '44d88612fea8a8f36de82e1278abb02f')],
      { logsources: ['fim'] },
    );
    expect([...output.files.keys()].sort()).toEqual([
      'lists/misp-hash',
      'ossec.conf.snippet.xml',
      'rules/misp_pipeline_rules.xml',
    ]);
    expect(readRules(output.text('rules/misp_pipeline_rules.xml'))).toHaveLength(6);
    expect(skipped.map(({ reason }) => reason)).toEqual(['unsupported:domain']);
  });

  it('lets nothing of an event into its files but values', async () => {
    const indicator = anIndicator('domain', 'evil.example');
    const { output } = await exported([makeIndicator({ ...indicator, tags: ['tlp:green"<&'], techniques: ['T9999'] })]);
    for (const text of Object.values(output.texts())) expect(text).not.toMatch(/tlp:green|T9999|Phishing wave/);
  });
});
