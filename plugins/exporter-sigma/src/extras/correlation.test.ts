import { DatabaseSync } from 'node:sqlite';
import { anIndicator, everyKind } from '@misp-pipeline/testing';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { convertsToSql, runSigma, sigma } from '../../testing/sigma-cli.ts';
import { stage } from '../../testing/staging.ts';
import { provideLists } from '../../testing/validator-lists.ts';

/** Rules, correlations and filters, and no other files, have `_misp_` in their names. */
const ALL = ['--file-pattern', '*_misp_*.yml', '.'];

const DNS = 'correlations/correlation_misp_host_dns.yml';

describe('the option correlation', () => {
  it('writes a rule for each field that tells hosts apart, over all its rules', async () => {
    const domains = Array.from({ length: 30 }, (_, i) => anIndicator('domain', `h${i}.example`));
    const { output, files } = await stage([...domains, anIndicator('user-agent', 'Evil/1.0')], {
      chunk: 10,
      logsources: ['dns', 'proxy', 'webserver'],
      correlation: { values: 5, timespan: '6h' },
    });
    expect(files.filter((path) => path.startsWith('correlations/'))).toEqual([
      DNS,
      'correlations/correlation_misp_host_proxy.yml',
      'correlations/correlation_misp_user_agent_proxy.yml',
    ]);
    const { correlation } = load(output.text(DNS)) as { correlation: { rules: readonly string[] } };
    expect(correlation).toMatchObject({
      type: 'value_count',
      'group-by': ['src_ip'],
      timespan: '6h',
      condition: { field: 'query', gte: 5 },
    });
    expect(correlation.rules.length).toBe(files.filter((path) => path.startsWith('rules/dns/')).length);
    expect(correlation.rules.length).toBeGreaterThan(3);
  });

  it.skipIf(!sigma)('passes every validator (needs sigma)', async () => {
    const { dir } = await stage(everyKind(), { correlation: {} });
    provideLists(dir);
    const { stdout } = runSigma(dir, ['check', '--fail-on-issues', '-c', 'sigma_check_online.yml', ...ALL]);
    expect(stdout).toContain('Found 0 errors, 0 condition errors and 0 issues.');
  });

  it.skipIf(!convertsToSql())(
    'fires on a host that shows several, not on several hosts (needs sigma with SQLite)',
    async () => {
      const domains = ['a', 'b', 'c'].map((name) => anIndicator('domain', `${name}.example`));
      const { dir } = await stage(domains, { logsources: ['dns'], correlation: { values: 3, timespan: '1d' } });
      const { stdout } = runSigma(dir, ['convert', '-t', 'sqlite', ...ALL]);
      const hosts = (records: readonly (readonly string[])[]) => {
        const database = new DatabaseSync(':memory:');
        database.exec('CREATE TABLE logs (timestamp TEXT, src_ip TEXT, query TEXT)');
        const insert = database.prepare('INSERT INTO logs VALUES (?, ?, ?)');
        for (const [day = '', host = '', query = ''] of records) insert.run(`2026-11-${day}T12:00:00Z`, host, query);
        return JSON.stringify(database.prepare(stdout.trim()).all());
      };
      const seen = (host: string, days: readonly string[]) =>
        ['a.example', 'x.b.example', 'c.example'].map((query, i) => [days[i] ?? '', host, query]);
      const fired = hosts([...seen('192.0.2.1', ['20', '20', '20']), ...seen('192.0.2.2', ['20', '22', '24'])]);
      expect(fired).toContain('192.0.2.1');
      expect(fired).not.toContain('192.0.2.2');
      const many = ['192.0.2.3', '192.0.2.4', '192.0.2.5'].map((host, i) => seen(host, ['20', '20', '20'])[i] ?? []);
      expect(hosts(many)).toBe('[]');
    },
  );
});
