import { spawnSync } from 'node:child_process';
import { anIndicator, everyKind, hostileIndicators, render, testServices } from '@misp-pipeline/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { wazuhOptions } from './options.ts';
import plugin from './plugin.ts';

/** Status of `grep` with an expression of PCRE2, which it brings along: 0 a hit, 1 none, 2 no expression. */
function grep(expression: string, text: string): number | null {
  return spawnSync('grep', ['-qP', '--', expression], { input: `${text}\n`, env: { LC_ALL: 'C' } }).status;
}

describe.skipIf(grep('^a', 'a') !== 0)('expressions that look inside of values, by PCRE2 (needs grep -P)', () => {
  let expressions: readonly { readonly field: string; readonly text: string }[];

  beforeAll(async () => {
    const indicators = [
      ...everyKind(),
      ...hostileIndicators(),
      anIndicator('regkey', 'HKCU\\Software\\updater'),
      anIndicator('filename', 'evil (1).exe'),
    ];
    const exporter = plugin.create(wazuhOptions.parse({ patterns: 500 }), testServices());
    const { output } = await render(exporter, indicators);
    const rules = output.text('rules/misp_pipeline_substrings.xml');
    const fields = [...rules.matchAll(/<field name="([^"]+)" type="pcre2">(.*)<\/field>/g)];
    expressions = fields.map(([, field = '', text = '']) => ({ field, text }));
  });

  const isFound = (name: string, value: string) =>
    expressions.some(({ field, text }) => field === name && grep(text, value) === 0);

  it('are expressions, whatever the values are', () => {
    expect(expressions.length).toBeGreaterThan(15);
    for (const { field, text } of expressions) expect(`${field} ${grep(text, 'nothing')}`).toBe(`${field} 1`);
  });

  it.each([
    ['dns.rrname', 'a.EVIL.example.'],
    ['win.eventdata.targetFilename', 'C:\\\\Temp\\\\Evil (1).exe'],
    ['win.eventdata.targetObject', 'HKU\\\\S-1-5-21-1-2-3-1001\\\\SOFTWARE\\\\Updater\\\\x'],
    ['win.eventdata.hashes', 'SHA512=00,MD5=44D88612FEA8A8F36DE82E1278ABB02F'],
  ])('find in %s what they must: %s', (field, value) => {
    expect(isFound(field, value)).toBe(true);
  });

  it.each([
    ['dns.rrname', 'notevil.example'],
    ['dns.rrname', 'evil.example.org'],
    ['win.eventdata.targetFilename', 'C:\\\\Temp\\\\not evil (1).exe'],
    ['win.eventdata.targetObject', 'HKLM\\\\SOFTWARE\\\\Updater'],
    ['win.eventdata.hashes', 'SHA512=00,MD5=44D88612FEA8A8F36DE82E1278ABB02E'],
  ])('find in %s no near miss: %s', (field, value) => {
    expect(isFound(field, value)).toBe(false);
  });
});
