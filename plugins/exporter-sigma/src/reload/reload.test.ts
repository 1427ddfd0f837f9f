import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReloadReport } from '@misp-pipeline/core';
import { anIndicator, everyKind } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { convertsToSql } from '../../testing/sigma-cli.ts';
import { aFolder, stage } from '../../testing/staging.ts';
import { sigmaOptions } from '../options.ts';

const { signal } = new AbortController();
const DNS = { logsources: ['dns'] };
const EVIL = anIndicator('domain', 'evil.example');

/** Publishes indicators behind a symbolic link, as the engine does, and reloads. */
async function reload(indicators: Iterable<typeof EVIL>, options: object): Promise<ReloadReport | undefined> {
  const { exporter, dir } = await stage(indicators, options);
  const current = join(aFolder(), 'current');
  symlinkSync(dir, current);
  return exporter.reload({ dir: current, generation: '0123456789abcdef', files: [], previousDir: undefined }, signal);
}

/** A command that appends what stands in a file to another. */
function copying(from: string, to: string): string[] {
  const [source, target] = [from, to].map((path) => JSON.stringify(path));
  return [
    process.execPath,
    '-e',
    `const fs = require('node:fs'); fs.appendFileSync(${target}, fs.readFileSync(${source}))`,
  ];
}

describe.skipIf(!convertsToSql())('reload with sigma convert (needs sigma with pySigma-backend-sqlite)', () => {
  it('replaces the output with queries of all rules, then runs the command', async () => {
    const folder = aFolder();
    const [output, uploaded] = [join(folder, 'queries.spl'), join(folder, 'uploaded')];
    writeFileSync(output, 'old');
    const convert = { target: 'splunk', pipelines: ['splunk_windows'], format: 'savedsearches', output };
    const report = await reload(everyKind(), { reload: { convert, command: copying(output, uploaded) } });
    expect(report).toEqual({
      ...{ engine: 'splunk', method: 'sigma convert, command', confirmed: true },
      messages: [`every rule is in \`${output}\``, `\`${process.execPath}\` ended with 0`],
    });
    expect(readFileSync(output, 'utf8')).toContain('evil.example');
    expect(readFileSync(uploaded, 'utf8')).toBe(readFileSync(output, 'utf8'));
    expect(readdirSync(folder).sort()).toEqual(['queries.spl', 'uploaded']);
  });

  it('applies the allow-list and fills placeholders in', async () => {
    const output = join(aFolder(), 'new', 'queries.sql');
    const options = { ...DNS, placeholders: true, allow: ['good.evil.example'] };
    const report = await reload([EVIL], { ...options, reload: { convert: { target: 'sqlite', output } } });
    expect(report).toMatchObject({ confirmed: true });
    expect(readFileSync(output, 'utf8')).toMatch(/`query`='evil.example'.*NOT.*`query`='good.evil.example'/s);
  });

  it('empties the output when there is no rule any more', async () => {
    const output = join(aFolder(), 'queries.sql');
    writeFileSync(output, 'old');
    expect(await reload([], { ...DNS, reload: { convert: { target: 'sqlite', output } } })).toMatchObject({
      confirmed: true,
    });
    expect(readFileSync(output, 'utf8')).toBe('');
  });

  it('names a rule that the target cannot express, and changes and uploads nothing', async () => {
    const folder = aFolder();
    const [output, uploaded] = [join(folder, 'queries.sql'), join(folder, 'uploaded')];
    writeFileSync(output, 'old');
    const rule = anIndicator('rule-sigma', 'logsource: {category: dns}\ndetection: {a: [evil], condition: a}');
    const options = { ...DNS, reload: { convert: { target: 'sqlite', output }, command: copying(output, uploaded) } };
    const report = await reload([EVIL, rule], options);
    expect(report).toMatchObject({ method: 'sigma convert, command', confirmed: false });
    expect(report?.messages).toEqual([
      expect.stringMatching(/^not converted for sqlite: rules\/foreign\/\S+\.yml: Value-only string expressions/),
    ]);
    expect(readFileSync(output, 'utf8')).toBe('old');
    expect(existsSync(uploaded)).toBe(false);
    expect(readdirSync(folder)).toEqual(['queries.sql']);
  });

  it('says what sigma-cli says of a target that there is none of', async () => {
    const output = join(aFolder(), 'queries.txt');
    const report = await reload([EVIL], { ...DNS, reload: { convert: { target: 'no_such_target', output } } });
    expect(report?.confirmed).toBe(false);
    expect(report?.messages[0]).toMatch(/^`sigma convert -t no_such_target` ended with 2: .*no_such_target/);
    expect(existsSync(output)).toBe(false);
  });
});

describe('reload', () => {
  it('does nothing when the options name nothing', async () => {
    expect(await reload([EVIL], DNS)).toBeUndefined();
  });

  it('runs a command alone, and says how it ended', async () => {
    const fine = await reload([EVIL], { ...DNS, reload: { command: [process.execPath, '-e', '0'] } });
    expect(fine).toMatchObject({ method: 'command', confirmed: true });
    const failing = "console.log('hello'); console.error('no such index'); process.exitCode = 3";
    const report = await reload([EVIL], { ...DNS, reload: { command: [process.execPath, '-e', failing] } });
    expect(report).toMatchObject({
      confirmed: false,
      messages: [`\`${process.execPath}\` ended with 3: no such index`],
    });
  });

  it('throws when a program is not there', async () => {
    const output = join(aFolder(), 'queries.txt');
    const options = { ...DNS, engine: { command: ['no-such-sigma'] } };
    const convert = reload([EVIL], { ...options, reload: { convert: { target: 'splunk', output } } });
    await expect(convert).rejects.toThrow('there is no program `no-such-sigma`');
    const command = reload([EVIL], { ...DNS, reload: { command: ['no-such-upload'] } });
    await expect(command).rejects.toThrow('there is no program `no-such-upload`');
  });

  it('does not take an empty output for queries', async () => {
    const output = join(aFolder(), 'queries.txt');
    const engine = { command: [process.execPath, '-e', '0', '--'] };
    const report = await reload([EVIL], { ...DNS, engine, reload: { convert: { target: 'splunk', output } } });
    expect(report).toMatchObject({ confirmed: false, messages: ['`sigma convert -t splunk` made no query'] });
  });

  it('tells of many rules that cannot be converted in short', async () => {
    const output = join(aFolder(), 'queries.txt');
    const code = "console.error(`Ignored errors:\\n${'a.yml: no\\n'.repeat(25)}`)";
    const engine = { command: [process.execPath, '-e', code, '--'] };
    const report = await reload([EVIL], { ...DNS, engine, reload: { convert: { target: 'splunk', output } } });
    expect(report?.messages).toHaveLength(21);
    expect(report?.messages.at(-1)).toBe('and 5 more');
  });

  it('needs one of its two steps', () => {
    expect(sigmaOptions.safeParse({ reload: {} }).success).toBe(false);
  });
});
