import { anIndicator } from '@misp-pipeline/testing';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { runSigma, sigma } from '../../testing/sigma-cli.ts';
import { readRules } from '../../testing/sigma-rule.ts';
import { stage } from '../../testing/staging.ts';
import { sigmaOptions } from '../options.ts';
import { allowedIndicators } from './allow-list.ts';

describe('allowedIndicators', () => {
  it.each([
    ['Corp.Example.', ['domain corp.example']],
    ['10.0.0.0/8', ['cidr 10.0.0.0/8', 'cidr 10.0.0.0/8 source']],
    ['2001:DB8::1', ['ipv6 2001:db8::1', 'ipv6 2001:db8::1 source']],
    ['http://corp.example/a', ['url http://corp.example/a']],
    ['44D88612FEA8A8F36DE82E1278ABB02F', ['md5 44d88612fea8a8f36de82e1278abb02f']],
    ['no value!', []],
  ])('takes `%s` for %j', (text, wanted) => {
    const found = allowedIndicators(text).map(({ kind, value, direction }) =>
      [kind, value, direction].filter(Boolean).join(' '),
    );
    expect(found).toEqual(wanted);
  });
});

describe('the option allow', () => {
  it('refuses what it does not know', () => {
    expect(sigmaOptions.safeParse({ allow: ['no value!'] }).success).toBe(false);
  });

  it('becomes a filter for each log source, which names the rules that it is for', async () => {
    const { output } = await stage(
      [anIndicator('domain', 'evil.example'), anIndicator('url', 'http://evil.example/a')],
      {
        logsources: ['dns', 'proxy'],
        allow: ['good.evil.example', '192.0.2.0/24', 'http://evil.example/a'],
      },
    );
    const rules = readRules(output.files);
    const idsOf = (folder: string) =>
      [...rules].filter(([path]) => path.startsWith(`rules/${folder}/`)).map(([, { id }]) => id);
    expect(load(output.text('filters/mf_misp_allow_dns.yml'))).toMatchObject({
      logsource: { category: 'dns' },
      filter: {
        rules: idsOf('dns'),
        selection_host_exact: { query: 'good.evil.example' },
        selection_host_sub: { 'query|endswith': '.good.evil.example' },
        condition: 'not 1 of selection_*',
      },
    });
    expect(load(output.text('filters/mf_misp_allow_proxy.yml'))).toMatchObject({
      filter: {
        rules: idsOf('proxy').sort(),
        selection_url_value: { 'c-uri': 'http://evil.example/a' },
      },
    });
  });

  it('is not written where there is nothing to allow', async () => {
    const { files } = await stage([anIndicator('domain', 'evil.example')], { allow: ['http://evil.example/a'] });
    expect(files.filter((path) => path.startsWith('filters/'))).toEqual([]);
  });

  it.skipIf(!sigma)('is applied by sigma-cli (needs sigma)', async () => {
    const { dir } = await stage([anIndicator('domain', 'evil.example')], {
      logsources: ['dns'],
      allow: ['good.evil.example'],
    });
    const command = ['convert', '-t', 'splunk', '--without-pipeline', '--filter', 'filters', 'rules'];
    const { stdout, status } = runSigma(dir, command);
    expect(status).toBe(0);
    expect(stdout).toContain('query IN ("evil.example", "*.evil.example")');
    expect(stdout).toMatch(
      /NOT .*query IN \("good.evil.example", "\*.good.evil.example"\)|NOT .*query="good.evil.example"/,
    );
  });
});
