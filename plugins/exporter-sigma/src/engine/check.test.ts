import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckReport } from '@misp-pipeline/core';
import { anIndicator, everyKind, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { sigma } from '../../testing/sigma-cli.ts';
import { aFolder, type StagedRules, stage } from '../../testing/staging.ts';
import { checkRules } from './check.ts';

const { signal } = new AbortController();
const check = ({ exporter, dir, files }: StagedRules) => exporter.check({ dir, files }, signal);

/** Changes a staged file as no exporter would. */
function spoil({ dir }: StagedRules, path: string, from: string, to: string): void {
  const file = join(dir, path);
  const text = readFileSync(file, 'utf8');
  rmSync(file);
  writeFileSync(file, text.replace(from, to));
}

describe.skipIf(!sigma)('sigma check (needs sigma)', () => {
  it('accepts every kind, correlations included', async () => {
    const report = await check(await stage(everyKind(), { correlation: {} }));
    expect(report).toEqual({ engine: 'sigma check', accepted: true, runs: 1, refused: [], messages: [] });
  });

  it('accepts placeholders', async () => {
    expect(await check(await stage(everyKind(), { placeholders: true }))).toMatchObject({ accepted: true });
  });

  it('names the rules that it refuses, and what it says of them', async () => {
    const staged = await stage([anIndicator('domain', 'evil.example'), anIndicator('url', 'http://evil.example/a')]);
    spoil(staged, 'rules/dns/net_dns_misp_host_high_clear.yml', '1 of selection_*', 'selection_exact and nothing');
    spoil(staged, 'rules/proxy/proxy_misp_url_high_clear.yml', 'category: proxy', 'unknown: proxy');
    spoil(staged, 'rules/proxy/proxy_misp_host_high_clear.yml', 'level: high', 'level: huge');
    spoil(staged, 'rules/dns_query_windows/dns_query_win_misp_host_high_clear.yml', "'evil.example'", "'**evil'");
    const report = await check(staged);
    expect(report?.accepted).toBe(false);
    expect(report?.runs).toBe(1);
    expect([...new Set(report?.refused.map(({ file }) => file))].sort()).toEqual([
      'rules/dns/net_dns_misp_host_high_clear.yml',
      'rules/dns_query_windows/dns_query_win_misp_host_high_clear.yml',
      'rules/proxy/proxy_misp_host_high_clear.yml',
      'rules/proxy/proxy_misp_url_high_clear.yml',
    ]);
    expect(report?.messages.length).toBeGreaterThanOrEqual(4);
  });

  it('refuses a rule of others that is well-formed and still wrong', async () => {
    const rule = (search: string) => `logsource: {category: dns}\ndetection: {a: ${search}, condition: a}`;
    const staged = await stage([
      anIndicator('rule-sigma', rule('{query|re: "(?=x)y", answer: evil.example}')),
      anIndicator('rule-sigma', rule('{query|cidr: nonsense}')),
      anIndicator('rule-sigma', rule('{query: evil.example}')),
    ]);
    const report = await check(staged);
    const guilty = new Set(report?.refused.map(({ file }) => file));
    const bad = staged.output.placements.filter(({ placement }) => guilty.has(placement.file));
    expect(bad.map(({ indicator }) => indicator.value).sort()).toEqual(
      [rule('{query|cidr: nonsense}'), rule('{query|re: "(?=x)y", answer: evil.example}')].sort(),
    );
  });

  it('is not there', async () => {
    const { dir, files } = await stage([anIndicator('domain', 'evil.example')]);
    const engine = { command: ['no-such-sigma'], timeout: 60 };
    expect(await checkRules({ dir, files }, engine, testServices({ stateDir: aFolder() }), signal)).toBeUndefined();
  });
});

/** A program in the place of sigma-cli. */
function standIn(script: string): string {
  const program = join(aFolder(), 'sigma');
  writeFileSync(program, `#!${process.execPath}\n${script}`);
  chmodSync(program, 0o755);
  return program;
}

describe('a stand-in for sigma check', () => {
  const answered = async (script: string): Promise<CheckReport | undefined> => {
    const staged = await stage([anIndicator('domain', 'evil.example'), anIndicator('url', 'http://bad.example/')], {
      logsources: ['dns', 'proxy'],
    });
    const engine = { command: [standIn(script)], timeout: 60 };
    return checkRules(staged, engine, testServices({ stateDir: aFolder() }), signal);
  };

  it('that names no rule has the guilty one found by halves', async () => {
    const report = await answered(`
      const { readdirSync, readFileSync } = require('node:fs');
      const dir = process.argv.at(-1);
      const isBad = (name) => readFileSync(dir + '/' + name, 'utf8').includes('bad.example');
      process.exit(readdirSync(dir).some(isBad) ? 1 : 0);
    `);
    expect(report?.refused.map(({ file }) => file)).toEqual(['rules/proxy/proxy_misp_url_high_clear.yml']);
    expect(report?.runs).toBeGreaterThan(2);
  });

  it('that lacks the validators of SigmaHQ only parses, and this is said', async () => {
    const report = await answered(`
      if (!process.argv.includes('--validation-config')) process.exit(0);
      console.error("Traceback\\nSigmaConfigurationError: Attempting to remove not existing validator 'x'");
      process.exit(1);
    `);
    expect(report).toMatchObject({ accepted: true, runs: 2, messages: [expect.stringContaining('not installed')] });
  });

  it('that breaks down over a rule refuses that one', async () => {
    const report = await answered(`
      const { readdirSync, readFileSync } = require('node:fs');
      const dir = process.argv.at(-1);
      const isBad = (name) => readFileSync(dir + '/' + name, 'utf8').includes('bad.example');
      if (readdirSync(dir).some(isBad)) throw new Error('Traceback: RecursionError');
    `);
    expect(report).toMatchObject({ accepted: false, refused: [{ file: 'rules/proxy/proxy_misp_url_high_clear.yml' }] });
  });

  it('that breaks down without any rule stops the run', async () => {
    await expect(answered('throw new Error("Traceback: no space left");')).rejects.toThrow('broke down with 1');
  });

  it('is asked only about rules that it did not accept before, until a week has passed', async () => {
    const asked = join(aFolder(), 'asked');
    const program = standIn(`
      const { appendFileSync, readdirSync } = require('node:fs');
      appendFileSync(${JSON.stringify(asked)}, readdirSync(process.argv.at(-1)).join() + ';');
    `);
    const stateDir = aFolder();
    const checkAt = async (values: readonly string[], now: string) => {
      const domains = values.map((value) =>
        anIndicator('domain', value, { tlp: value === 'a.example' ? 'clear' : 'red' }),
      );
      const staged = await stage(domains, { logsources: ['dns'] });
      const engine = { command: [program], timeout: 60 };
      await checkRules(staged, engine, testServices({ stateDir, now: new Date(now) }), signal);
    };
    await checkAt(['a.example'], '2026-11-24');
    await checkAt(['a.example', 'b.example'], '2026-11-25');
    await checkAt(['a.example', 'b.example'], '2026-11-26');
    await checkAt(['a.example', 'b.example'], '2026-12-03');
    const [clear, red] = ['net_dns_misp_host_high_clear.yml', 'net_dns_misp_host_high_red.yml'];
    expect(readFileSync(asked, 'utf8')).toBe(`${clear};${red};;${clear},${red};`);
  });
});
