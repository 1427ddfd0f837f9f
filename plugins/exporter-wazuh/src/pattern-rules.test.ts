import type { Indicator } from '@misp-pipeline/core';
import {
  anIndicator,
  hostileIndicators,
  MemoryOutput,
  RecordingLogger,
  render,
  testServices,
} from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { Manager } from '../testing/manager.ts';
import { readRules } from '../testing/rule-reader.ts';
import { wazuhOptions } from './options.ts';
import plugin from './plugin.ts';

const FILE = 'rules/misp_pipeline_substrings.xml';

function exported(indicators: readonly Indicator[], patterns = 100) {
  return render(plugin.create(wazuhOptions.parse({ patterns }), testServices()), indicators);
}

async function managerOf(...indicators: readonly Indicator[]): Promise<Manager> {
  const { output } = await exported(indicators);
  return new Manager({ text: (path) => output.text(path), has: (path) => output.files.has(path) });
}

const eve = (event: object) => JSON.stringify({ timestamp: '2026-11-24T00:00:00Z', ...event });
const dns = (rrname: string) => eve({ event_type: 'dns', dns: { rrname } });
const sysmon = (eventID: number, eventdata: object) => JSON.stringify({ win: { system: { eventID }, eventdata } });

describe('rules that look inside of values', () => {
  it('match names below a domain in any case, and no look-alikes', async () => {
    const manager = await managerOf(anIndicator('domain', 'evil.example'), anIndicator('hostname', 'c2.bad.example'));
    expect(manager.alertOnEve(dns('a.B.evil.EXAMPLE'))).toMatch(/^MISP, inside of a value: DNS query/);
    for (const name of ['notevil.example', 'evil.example.org', 'evil-example', 'x.c2.bad.example']) {
      expect(manager.alertOnEve(dns(name))).toBeUndefined();
    }
  });

  it('leave a value that is listed as it is to the exact rule', async () => {
    const manager = await managerOf(anIndicator('domain', 'evil.example', { severity: 'low' }));
    expect(manager.alertOnEve(dns('evil.example'))).toMatch(/^MISP: DNS query/);
  });

  it('match a file name at the end of a path only', async () => {
    const manager = await managerOf(anIndicator('filename', 'evil (1).exe'));
    const written = (targetFilename: string) => manager.alertOnSysmon(sysmon(11, { targetFilename }));
    expect(written('C:\\Temp\\EVIL (1).exe')).toMatch(/listed file/);
    expect(written('C:\\Temp\\not evil (1).exe')).toBeUndefined();
    expect(written('C:\\evil (1).exe\\readme.txt')).toBeUndefined();
  });

  it('match registry keys of users, and what is below a key', async () => {
    const manager = await managerOf(
      anIndicator('regkey', 'HKCU\\Software\\updater'),
      anIndicator('regkey', 'HKLM\\Software\\Evil'),
    );
    const set = (targetObject: string) => manager.alertOnSysmon(sysmon(13, { targetObject }));
    expect(set('HKU\\S-1-5-21-1-2-3-1001\\SOFTWARE\\Updater')).toMatch(/registry key/);
    expect(set('HKLM\\Software\\evil\\Run')).toMatch(/registry key/);
    expect(set('HKLM\\Software\\updater')).toBeUndefined();
    expect(set('HKLM\\Software\\Evil2')).toBeUndefined();
  });

  it('match a hash among others', async () => {
    const manager = await managerOf(anIndicator('md5', '44d88612fea8a8f36de82e1278abb02f'));
    const hashes = (md5: string) => `SHA256=${'0'.repeat(64)},MD5=${md5},IMPHASH=${'0'.repeat(32)}`;
    const started = (md5: string) => manager.alertOnSysmon(sysmon(1, { hashes: hashes(md5) }));
    expect(started('44D88612FEA8A8F36DE82E1278ABB02F')).toMatch(/listed file/);
    expect(started('44D88612FEA8A8F36DE82E1278ABB02E')).toBeUndefined();
  });

  it('stand in a file that is loaded after the exact rules, some of which are their parents', () => {
    expect([FILE, 'rules/misp_pipeline_rules.xml'].sort()).toEqual(['rules/misp_pipeline_rules.xml', FILE]);
  });

  it('are not written unless wanted, and keep the others as they are', async () => {
    const indicators = [anIndicator('domain', 'evil.example')];
    const without = (await exported(indicators, 0)).output.texts();
    const { [FILE]: patterns, ...others } = (await exported(indicators)).output.texts();
    expect(patterns).toBeDefined();
    expect(others).toEqual(without);
  });

  it('hold one rule that never fires when there is nothing to look for', async () => {
    const { output } = await exported([]);
    expect(readRules(output.text(FILE)).map(({ id, isSilent }) => [id, isSilent])).toEqual([[110_999, true]]);
  });

  it('make listed what no list can hold', async () => {
    const { skipped } = await exported([anIndicator('regkey', 'HKCU\\Software\\updater')]);
    expect(skipped).toEqual([]);
  });

  it('take values that try to break out for what they are', async () => {
    const { output } = await exported(hostileIndicators());
    for (const { fields } of readRules(output.text(FILE))) expect(fields).toHaveLength(1);
    const texts = output.text(FILE).replace(/<\/?[a-z_]+(?: [a-z_0-9]+="[^"<>&]*")*>|<!--[^<>&]*-->/g, '');
    expect(texts).not.toMatch(/[<>&"]/);
  });

  it('stay below what the engine reads of an element, within their numbers, and keep the worthiest', async () => {
    const many = Array.from({ length: 6000 }, (_, i) =>
      anIndicator('domain', `${i.toString().padStart(60, 'a')}.example`, { confidence: i === 5999 ? 90 : 50 }),
    );
    const recording = new RecordingLogger();
    const output = new MemoryOutput();
    await render(
      plugin.create(wazuhOptions.parse({ patterns: 5000 }), testServices({ logger: recording.logger })),
      many,
      output,
    );
    const rules = readRules(output.text(FILE));
    const ids = rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Math.max(...ids)).toBeLessThan(110_860);
    for (const line of output.text(FILE).split('\n')) expect(line.length).toBeLessThan(20_000);
    expect(output.text(FILE)).toContain('a5999\\x2eexample');
    expect(recording.lines.filter((line) => line.startsWith('warn'))).toHaveLength(1);
  });
});
