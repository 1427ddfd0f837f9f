import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Staged } from '@misp-pipeline/core';
import { anIndicator, render, testServices } from '@misp-pipeline/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { wazuhOptions } from '../options.ts';
import plugin from '../plugin.ts';
import { checkStaged, engineName } from './check.ts';
import { faultsIn } from './messages.ts';
import { withLists } from './ossec-conf.ts';

const MODEL = fileURLToPath(new URL('../../testing/model-analysisd.ts', import.meta.url));
const CONF = '<ossec_config>\n  <ruleset>\n    <rule_dir>etc/rules</rule_dir>\n  </ruleset>\n</ossec_config>\n';

const folder = mkdtempSync(join(tmpdir(), 'misp-pipeline-test-'));
const home = join(folder, 'manager');
const signal = new AbortController().signal;
const isOurs = (id: number) => id >= 110_000 && id < 111_000;
const { engine: defaults } = wazuhOptions.parse({});
const engine = { ...defaults, home, command: [process.execPath, MODEL] };

let texts: Record<string, string>;

beforeAll(async () => {
  for (const part of ['etc/lists', 'etc/rules', 'ruleset/rules']) mkdirSync(join(home, part), { recursive: true });
  writeFileSync(join(home, 'etc/ossec.conf'), CONF);
  writeFileSync(join(home, 'etc/client.keys'), 'secret');
  writeFileSync(join(home, 'etc/lists/theirs'), 'a:b\n');
  const exporter = plugin.create(wazuhOptions.parse({ patterns: 10 }), testServices());
  texts = (await render(exporter, [anIndicator('domain', 'evil.example')])).output.texts();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function staged(changes: Record<string, string | undefined> = {}): Staged {
  const dir = mkdtempSync(join(folder, 'staged-'));
  const files = Object.entries({ ...texts, ...changes }).flatMap(([path, text]) => {
    if (text === undefined) return [];
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
    return [path];
  });
  return { dir, files };
}

describe('checkStaged, with a model of analysisd', () => {
  it('accepts what the exporter wrote, and leaves the manager and the temporary folder as they were', async () => {
    const temporary = mkdtempSync(join(folder, 'temporary-'));
    vi.stubEnv('TMPDIR', temporary);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const report = await checkStaged(staged(), engine, isOurs, signal);
    expect(report).toEqual({ engine: 'wazuh 4.14.7', accepted: true, runs: 1, refused: [], messages: [] });
    expect(readdirSync(join(home, 'etc/rules'))).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('does not accept rules that the manager would leave out, although it ends well', async () => {
    const report = await checkStaged(staged({ 'lists/misp-ja3': undefined }), engine, isOurs, signal);
    expect(report?.accepted).toBe(false);
    expect(report?.messages[0]).toMatch(/\(7616\): List 'etc\/lists\/misp-ja3' could not be loaded. Rule '110050'/);
  });

  it('does not accept rules that come before their parents', async () => {
    const { 'rules/misp_pipeline_substrings.xml': substrings } = texts;
    const early = { 'rules/misp_pipeline_a.xml': substrings, 'rules/misp_pipeline_substrings.xml': undefined };
    const report = await checkStaged(staged(early), engine, isOurs, signal);
    expect(report?.messages[0]).toMatch(/\(7619\): Empty 'if_sid' value. Rule '1106\d\d' will be ignored/);
  });

  it('does not accept a file that the manager cannot read', async () => {
    const report = await checkStaged(staged({ 'rules/misp_pipeline_rules.xml': '<group>' }), engine, isOurs, signal);
    expect(report?.accepted).toBe(false);
    expect(report?.messages).toEqual([expect.stringContaining('(1226)'), 'it ended with status 1']);
  });

  it('gives the manager a copy without the keys of agents', async () => {
    const code = 'console.log(require("node:fs").readdirSync(`${process.argv[3]}/etc`).join())';
    const report = await checkStaged(
      staged(),
      { ...engine, command: [process.execPath, '-e', code, '--'] },
      isOurs,
      signal,
    );
    expect(report?.messages).toEqual(['decoders,lists,ossec.conf,rules,shared']);
  });

  it('is undefined without the program, and without the folder of a manager', async () => {
    expect(await checkStaged(staged(), { ...engine, command: [join(home, 'absent')] }, isOurs, signal)).toBeUndefined();
    expect(await checkStaged(staged(), { ...engine, home: join(home, 'absent') }, isOurs, signal)).toBeUndefined();
  });
});

describe('faultsIn', () => {
  const line = (text: string) => `2026/11/24 10:00:00 wazuh-analysisd: WARNING: ${text}`;

  it.each([
    ["(7610): Group 'sysmon_event_99' was not found. Invalid 'if_group'. Rule '110100' will be ignored."],
    ["(7612): Rule ID '110000' is duplicated. Only the first occurrence will be considered."],
    ["(7616): List 'etc/lists/misp-ja3' could not be loaded. Rule '110050' will be ignored."],
    ["(7619): Empty 'if_sid' value. Rule '110310' will be ignored."],
  ])('holds %s against the rules', (text) => {
    expect(faultsIn([line(text)], 0, isOurs)).toEqual([line(text)]);
  });

  it('passes on that one of several parents is missing: the rule is still there', () => {
    const text = line(
      "(7617): Signature ID '61645' was not found and will be ignored in the 'if_sid' option of rule '110140'.",
    );
    expect(faultsIn([text], 0, isOurs)).toEqual([]);
  });

  it('holds nothing against us that the rules of others do', () => {
    const text = line("(7616): List 'x' could not be loaded. Rule '100200' will be ignored.");
    expect(faultsIn([text], 0, isOurs)).toEqual([]);
  });

  it('gives all errors when the manager could not read everything', () => {
    const error = '2026/11/24 10:00:00 wazuh-analysisd: CRITICAL: (1202): Configuration error.';
    expect(faultsIn([line('(1)'), error], 1, isOurs)).toEqual([error, 'it ended with status 1']);
  });
});

describe('withLists', () => {
  it('declares lists in the one block, each once', () => {
    const once = withLists(CONF, ['etc/lists/misp-ja3']);
    expect(once).toContain('  <list>etc/lists/misp-ja3</list>\n</ruleset>');
    expect(withLists(once, ['etc/lists/misp-ja3'])).toBe(once);
  });

  it('refuses a configuration with several blocks, of which the last would win', () => {
    expect(() => withLists(CONF + CONF, [])).toThrow('2 `ruleset` blocks');
  });
});

describe('engineName', () => {
  it('reads the version', () => {
    expect(engineName('\nWazuh v4.14.7 - Wazuh Inc.\n')).toBe('wazuh 4.14.7');
    expect(engineName('')).toBe('wazuh');
  });
});
