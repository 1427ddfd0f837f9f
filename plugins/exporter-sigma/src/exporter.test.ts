import { readFileSync } from 'node:fs';
import { anIndicator, exporterContract, type OutputFiles, render, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { rendered } from '../testing/rendered.ts';
import { readRules, valuesOf } from '../testing/sigma-rule.ts';
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

describe('rules', () => {
  it('are no more than the budget allows', async () => {
    const domains = Array.from({ length: 100 }, (_, i) => anIndicator('domain', `h${i}.example`, { confidence: i }));
    const { rules, skipped } = await rendered(domains, { chunk: 10, rules: 8, logsources: ['dns'] });
    expect(rules.size).toBeLessThanOrEqual(8);
    expect(new Set(skipped.map(({ reason }) => reason))).toEqual(new Set(['budget:rules']));
    expect(skipped.every(({ indicator }) => (indicator.confidence ?? 0) < 70)).toBe(true);
  });

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
    expect([...output.files.keys()]).toEqual([
      'rules/proxy/proxy_misp_host_high_clear.yml',
      'sigma_check.yml',
      'sigma_check_online.yml',
    ]);
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
      anIndicator('regkey', 'HKCU\\Software\\Run\\evil|C:\\evil.exe', { tlp: 'green' }),
      anIndicator('service-name', 'EvilSvc'),
      anIndicator(
        'rule-sigma',
        'title: T\nlogsource: {service: sshd}\ndetection: {a: {b|all: [evil, 5]}, condition: a}',
      ),
    ]);
    const texts = [...output.files].map(([path, { text }]) => `### ${path}\n${text}`).join('\n');
    await expect(texts).toMatchFileSnapshot('../golden/rules.txt');
  });
});
