import { describe, expect, it } from 'vitest';
import { readVerdict } from './verdict.ts';

const HELLO = 'i: suricata: This is Suricata version 8.0.8 RELEASE running in SYSTEM mode';

describe('readVerdict', () => {
  it('accepts what ends well without an error', () => {
    const verdict = readVerdict(0, `${HELLO}\ni: suricata: Configuration provided was successfully loaded. Exiting.\n`);
    expect(verdict).toEqual({ engine: 'suricata 8.0.8', accepted: true, named: [], errors: [], warnings: [] });
  });

  it('takes an error for a refusal, also when the engine ends well: it has cut a list', () => {
    const verdict = readVerdict(0, `${HELLO}\nE: reputation: no memory left\n`);
    expect(verdict).toMatchObject({ accepted: false, errors: ['reputation: no memory left'] });
  });

  it('takes silence for a refusal: who knows what was run', () => {
    expect(readVerdict(0, '').accepted).toBe(false);
  });

  it('takes a death for a refusal', () => {
    expect(readVerdict(null, HELLO).accepted).toBe(false);
  });

  it('reads the place behind the last rule-like text of a line, since a rule may hold such a text itself', () => {
    const rule = 'alert ip any any -> any any (msg:"x" from file other.rules at line 7"; foo; sid:1;)';
    const { named } = readVerdict(
      1,
      `E: detect-parse: unknown rule keyword 'foo'.\nE: detect: error parsing signature "${rule}" from file misp.rules at line 3\n`,
    );
    const cause = "detect-parse: unknown rule keyword 'foo'.";
    expect(named).toEqual([{ text: rule, place: { file: 'misp.rules', line: 3 }, cause }]);
  });

  it('keeps the warnings that are about rules', () => {
    const lines = [
      'W: detect-classtype: signature sid:6 uses unknown classtype: "x"',
      'W: counters: stats are enabled but no loggers are active',
      'W: detect: 1 rule files specified, but no rules were loaded!',
    ];
    expect(readVerdict(0, lines.join('\n')).warnings).toEqual([lines[0]?.slice(3)]);
  });
});
