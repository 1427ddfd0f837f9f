import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Staged } from '@misp-pipeline/core';
import { testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { RecordedSnort } from '../../testing/recorded-snort.ts';
import { SnortExporter } from '../exporter.ts';
import { type SnortVersion, snortOptions } from '../options.ts';

const { signal } = new AbortController();

function staged(files: Record<string, readonly string[]>): Staged {
  const dir = mkdtempSync(join(tmpdir(), 'snort-staged-'));
  for (const [file, lines] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), lines.map((line) => `${line}\n`).join(''));
  }
  return { dir, files: Object.keys(files) };
}

function rules(count: number, bad: Readonly<Record<number, string>>): string[] {
  return Array.from({ length: count }, (_, i) => `alert ${bad[i] ?? ''} (sid:${i};)`);
}

function checking(version: SnortVersion, engine: object = {}) {
  const snort = new RecordedSnort(version);
  const services = testServices();
  const options = snortOptions.parse({
    version,
    engine: { command: snort.command, config: '/nowhere/conf', ...engine },
  });
  const check = (files: Staged) => new SnortExporter(options, services).check(files, signal);
  return { snort, services, check };
}

// On the recorded answers of Snort: no engine is run here.
describe.each([3, 2] as const)('check, on the recorded answers of Snort %i', (version) => {
  const engine = version === 3 ? 'snort 3.12.2.0' : 'snort 2.9.19';

  it('accepts what Snort loads, and looks at rule files only', async () => {
    const { snort, services, check } = checking(version);
    const report = await check(staged({ 'misp.rules': rules(3, {}), 'reputation/x.blocklist': ['REFUSED-BY-NAME'] }));
    expect(report).toEqual({ engine, accepted: true, runs: 1, refused: [], messages: [] });
    expect(snort.calls).toHaveLength(2);
    expect(readdirSync(services.stateDir)).toEqual([]);
  });

  it('names each of 7 among 20,000 rules that Snort names, with its words', async () => {
    const bad = [3, 4, 500, 7000, 7001, 12_345, 19_999];
    const files = staged({
      'misp.rules': ['# head', ...rules(20_000, Object.fromEntries(bad.map((i) => [i, 'REFUSED-BY-NAME'])))],
      'misp-foreign.rules': ['alert REFUSED-BY-NAME'],
    });
    const report = await checking(version).check(files);
    const message = version === 3 ? 'unknown rule keyword: nonsense.' : "Unknown rule option: 'nonsense'.";
    expect(report).toMatchObject({ engine, accepted: false, runs: version === 3 ? 2 : 8 + 2 });
    expect(report?.refused).toEqual([
      ...bad.map((i) => ({ file: 'misp.rules', text: `alert REFUSED-BY-NAME (sid:${i};)`, message })),
      { file: 'misp-foreign.rules', text: 'alert REFUSED-BY-NAME', message },
    ]);
    expect(report?.messages[0]).toMatch(/^ERROR: .*misp\.rules[:(]5/);
  });

  it('finds a rule that Snort refuses without a name', async () => {
    const files = staged({ 'misp.rules': rules(40, { 7: 'REFUSED-WITHOUT-NAME', 30: 'REFUSED-WITHOUT-NAME' }) });
    const report = await checking(version).check(files);
    expect(report?.refused).toEqual(
      [7, 30].map((i) => ({
        file: 'misp.rules',
        text: `alert REFUSED-WITHOUT-NAME (sid:${i};)`,
        message: 'FATAL: something is wrong',
      })),
    );
    expect(report?.runs).toBeLessThan(30);
  });

  it('blames no rule when Snort does not even load none', async () => {
    const snort = ['-e', `console.log('Version ${version}.9'); process.exit(1)`, '--'];
    const report = await checking(version, { command: [process.execPath, ...snort] }).check(
      staged({ 'misp.rules': rules(9, {}) }),
    );
    expect(report).toMatchObject({ accepted: false, refused: [], runs: 2 });
  });

  it('says nothing when there is no Snort', async () => {
    const { check } = checking(version, { command: ['/nowhere/snort'] });
    expect(await check(staged({ 'misp.rules': [] }))).toBeUndefined();
  });

  it('refuses to ask the other Snort', async () => {
    const other = new RecordedSnort(version === 3 ? 2 : 3);
    await expect(checking(version, { command: other.command }).check(staged({}))).rejects.toThrow(
      `but the rules are for \`version: ${version}\``,
    );
  });
});

describe('the command line of a check', () => {
  it('names configuration and rules to Snort 3', async () => {
    const { snort, check } = checking(3);
    const files = staged({ 'misp.rules': rules(1, {}) });
    await check(files);
    expect(snort.calls).toEqual([['-V'], ['-c', '/nowhere/conf', '-R', join(files.dir, 'misp.rules'), '-T']]);
  });

  it('names a configuration that includes both to Snort 2.9', async () => {
    const { snort, check } = checking(2);
    await check(staged({ 'misp.rules': rules(1, {}) }));
    expect(snort.calls).toEqual([['-V'], ['-c', expect.stringMatching(/\.conf$/), '-T']]);
  });
});
