import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunReport } from '@misp-pipeline/core';
import { XMLValidator } from 'fast-xml-parser';
import { load } from 'js-yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { cli, emptyFolder } from '../support/cli.ts';
import { writeConfig } from '../support/config.ts';
import { SIGMA, SURICATA, sigma, testRules } from '../support/engines.ts';
import { writeFeed } from '../support/event.ts';

const NASTY = [
  `"; drop ip any any -> any any (sid:1;)`,
  `a;b|c\\d'e"f`,
  'line one\nalert ip any any -> any any (msg:"injected"; sid:2;)',
  'nul\0byte',
  '$(touch /tmp/pwned) `id` ${HOME}',
  ']]></description></rule><rule id="1" level="16">',
  '<!-- --> & &amp; <x>',
  'yaml: [1, 2]\n- "x": {y}\n# c',
  "it's '' \"quoted\" %{x} %s %n",
  'rtl \u202e gnp.exe zero\u200bwidth \ufeffbom',
  '\x1b[31mred\x1b[0m \x07',
  '😀 ünïcödé 名前',
  'x'.repeat(65_536),
];

/** Every type, with values that its type may legally carry and values that it may not. */
function hostileAttributes() {
  const values = NASTY.flatMap((text) => [
    ...[
      'domain',
      'hostname',
      'ip-dst',
      'ip-src',
      'md5',
      'sha1',
      'sha256',
      'user-agent',
      'url',
      'uri',
      'domain|ip',
      'filename',
      'filename|sha256',
      'email-src',
      'ip-dst|port',
      'text',
    ].map((type) => ({ type, value: text })),
    { type: 'url', value: `http://evil.example/${text}` },
    { type: 'url', value: `https://evil.example/?q=${text}` },
    { type: 'domain', value: `evil.example${text}` },
    { type: 'user-agent', value: `Mozilla/5.0 ${text}` },
  ]);
  return values.map((attribute) => ({ ...attribute, comment: attribute.value, tags: [attribute.value.slice(0, 200)] }));
}

let cwd: string;
let report: RunReport;

const file = (path: string) => readFileSync(join(cwd, 'out', path), 'utf8');

function entriesOf(exporter: string, path: string): number {
  const files = report.exporters.find(({ id }) => id === exporter)?.files ?? [];
  return files.find((one) => one.path === path)?.entries ?? -1;
}

beforeAll(async () => {
  cwd = emptyFolder();
  const honest = [
    { type: 'domain', value: 'honest.example' },
    { type: 'ip-dst', value: '203.0.113.9' },
    { type: 'url', value: 'http://honest.example/a?b=1' },
    { type: 'sha256', value: 'ab'.repeat(32) },
    { type: 'user-agent', value: 'Honest/1.0' },
  ];
  const events = NASTY.map((text, i) => ({
    uuid: `0b0b0b0b-0000-4000-8000-${String(i).padStart(12, '0')}`,
    ...{ info: text, org: text, tags: ['tlp:clear', text.slice(0, 200)] },
    attributes:
      i === 0
        ? [...honest, ...hostileAttributes()]
        : [...honest, { type: 'domain', value: `e${i}.example`, comment: text }],
  }));
  writeFeed(join(cwd, 'feed'), events);
  writeConfig(cwd, { feed: join(cwd, 'feed') });
  const { code, stdout, stderr } = await cli(['run', '--json'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  report = JSON.parse(stdout) as RunReport;
});

describe('a hostile event', () => {
  it('keeps the honest indicators', () => {
    expect(file('suricata/current/misp.rules')).toContain('honest.example');
    expect(report.funnel.exported.suricata).toBeGreaterThan(NASTY.length);
  });

  it('puts no control character into any file', () => {
    for (const { id, files } of report.exporters) {
      for (const { path } of files) {
        const found = /[\0-\x08\x0b-\x1f\x7f\u202e\u200b\ufeff]/.exec(file(`${id}/current/${path}`));
        expect({ path, found: found?.[0] }).toEqual({ path, found: undefined });
      }
    }
  });

  it.skipIf(!SURICATA)('writes rules of which Suricata loads every one (needs suricata)', () => {
    const { accepted, loaded, complaints } = testRules(join(cwd, 'out/suricata/current/misp.rules'));
    expect({ accepted, complaints }).toEqual({ accepted: true, complaints: [] });
    expect(loaded).toBe(entriesOf('suricata', 'misp.rules'));
  });

  it('writes one line for each Snort rule', () => {
    const rules = file('snort/current/misp.rules')
      .split('\n')
      .filter((line) => /^alert /.test(line));
    expect(rules.length).toBe(entriesOf('snort', 'misp.rules'));
    expect(rules.filter((line) => !/; ?\)$/.test(line))).toEqual([]);
  });

  it('writes Sigma rules that a YAML reader takes as one document each', () => {
    const rules = readdirSync(join(cwd, 'out/sigma/current/rules'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.yml'),
    );
    expect(rules.length).toBeGreaterThan(0);
    for (const name of rules) expect(load(file(`sigma/current/rules/${name}`))).toHaveProperty('detection.condition');
  });

  it.skipIf(!SIGMA)('writes Sigma rules of which every one converts (needs sigma-cli)', () => {
    const rules = join(cwd, 'out/sigma/current/rules');
    expect(sigma(['convert', '-t', 'splunk', '-p', 'splunk_windows', rules])).toContain('honest.example');
    expect(sigma(['convert', '-t', 'lucene', '-p', 'ecs_windows', rules])).toContain('honest.example');
  });

  it('writes Wazuh rules that are well-formed and lists of one key a line', () => {
    expect(XMLValidator.validate(`<all>${file('wazuh/current/rules/misp_pipeline_rules.xml')}</all>`)).toBe(true);
    for (const name of readdirSync(join(cwd, 'out/wazuh/current/lists'))) {
      const lines = file(`wazuh/current/lists/${name}`).split('\n').slice(0, -1);
      expect(lines.filter((line) => !/^(?:"[^"]+"|[^":]+):[^":]*$/.test(line))).toEqual([]);
    }
  });
});
