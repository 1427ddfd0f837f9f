import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SURICATA, testRules } from '../support/engines.ts';
import { mispRules } from './misp-templates.ts';

const ATTRIBUTES = [
  { type: 'domain', value: 'evil.example' },
  { type: 'hostname', value: 'c2.evil.example' },
  { type: 'domain|ip', value: 'evil.example|203.0.113.7' },
  { type: 'ip-dst', value: '203.0.113.7' },
  { type: 'ip-src', value: '2001:db8::7' },
  { type: 'ip-dst|port', value: '203.0.113.7|8443' },
  { type: 'ip-src|port', value: '203.0.113.7|4444' },
  { type: 'url', value: 'http://evil.example:8080/gate.php?id=1' },
  { type: 'url', value: 'https://evil.example/login' },
  { type: 'url', value: 'evil.example/login' },
  { type: 'user-agent', value: 'Evil; Bot' },
  { type: 'ja3-fingerprint-md5', value: 'e7d705a3286e19ea42f587b344ee6865' },
  { type: 'email-src', value: 'a@evil.example' },
  { type: 'email-dst', value: 'b@evil.example' },
  { type: 'email-subject', value: 'Your invoice' },
  { type: 'email-attachment', value: 'invoice.exe' },
];

describe("MISP's templates", () => {
  it('write one rule or more for each type that they know', () => {
    const rules = mispRules(ATTRIBUTES).trim().split('\n');
    expect(rules).toHaveLength(ATTRIBUTES.length + 1 + 1 + 3);
    expect(new Set(rules.map((rule) => /sid:(\d+);/.exec(rule)?.[1])).size).toBe(rules.length);
    expect(mispRules([{ type: 'sha256', value: 'a'.repeat(64) }])).toBe('');
  });

  it('escape in values as the templates do', () => {
    expect(mispRules([{ type: 'user-agent', value: 'a;b:c"d|0x' }])).toContain(
      'content:"a|3b|b|3a|c|22|d|7c||30 78|"; fast_pattern; http_user_agent;',
    );
  });

  it.skipIf(!SURICATA)('load in Suricata (needs suricata)', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'baseline-')), 'misp.rules');
    writeFileSync(file, mispRules(ATTRIBUTES));
    const { accepted, loaded } = testRules(file);
    expect({ accepted, loaded }).toEqual({ accepted: true, loaded: ATTRIBUTES.length + 5 });
  });
});
