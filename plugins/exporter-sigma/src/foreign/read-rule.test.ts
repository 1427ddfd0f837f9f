import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { readForeignRule } from './read-rule.ts';
import { yamlLines } from './yaml.ts';

const rule = (detection: string, more = '') =>
  `title: Theirs\nlogsource: {category: dns}\ndetection: ${detection}\n${more}`;
const faultOf = (text: string) => {
  const read = readForeignRule(text);
  return 'fault' in read ? read.fault : undefined;
};

describe('readForeignRule', () => {
  it('takes log source, detection, id, title and ATT&CK tags', () => {
    const text = rule(
      '{a: {query: evil.example}, condition: a}',
      'id: 5A0F5C2E-2B1B-4C2E-9A43-0C6A2F6B7D11\ntags: [attack.t1071, attack.t1071, misp.x, 5]\nlevel: critical\nauthor: "x\\ny"',
    );
    expect(readForeignRule(text)).toEqual({
      title: 'Theirs',
      id: '5a0f5c2e-2b1b-4c2e-9a43-0c6a2f6b7d11',
      logSource: { category: 'dns' },
      detection: { a: { query: 'evil.example' }, condition: 'a' },
      tags: ['attack.t1071'],
    });
  });

  it.each([
    ['not YAML', '{', 'no YAML document'],
    [
      'two documents',
      `${rule('{a: {b: c}, condition: a}')}---\n${rule('{a: {b: c}, condition: a}')}`,
      'no YAML document',
    ],
    ['a list', '- a', 'no map of keys'],
    ['a correlation', 'title: x\ncorrelation: {type: event_count}', 'unknown key `correlation`'],
    ['a filter', 'title: x\nlogsource: {category: dns}\nfilter: {rules: any}', 'unknown key `filter`'],
    ['a collection action', `action: global\n${rule('{a: {b: c}, condition: a}')}`, 'unknown key `action`'],
    ['no log source', 'title: x\ndetection: {a: {b: c}, condition: a}', 'no well-formed log source'],
    [
      'a log source with a line in it',
      rule('{a: {b: c}, condition: a}').replace('dns', '"dns\\nlevel: low"'),
      'no well-formed log source',
    ],
    ['a condition with a pipe', rule('{a: {b: c}, condition: "a | count() > 5"}'), 'no plain condition'],
    [
      'a condition that everything fulfils',
      rule('{a: {b: c}, condition: a or not a}'),
      'a condition that nearly everything fulfils',
    ],
    [
      'the same in brackets',
      rule('{a: {b: c}, condition: a or ( not a)}'),
      'a condition that nearly everything fulfils',
    ],
    [
      'a condition too deep',
      rule(`{a: {b: c}, condition: "a and ${'not '.repeat(101)}a"}`),
      'a condition of too many parts',
    ],
    ['a search for nothing', rule('{a: {}, condition: a}'), 'an empty map'],
    ['a search for everything', rule("{a: {query: '*'}, condition: a}"), 'a search that nearly everything fulfils'],
    ['a modifier that grows values', rule('{a: {b|wide|wide: c}, condition: a}'), 'a repeated modifier'],
    ['dashes that grow values', rule(`{a: {b|windash: "${' -a'.repeat(6)}"}, condition: a}`), 'too many values'],
    [
      'an expression too deep',
      rule(`{a: {b|re: "${'('.repeat(101)}"}, condition: a}`),
      'a regular expression of too many parts',
    ],
    [
      'an expression without end',
      rule('{a: {b|re: ["a{1,99999999999}"]}, condition: a}'),
      'a regular expression of too many parts',
    ],
    ['no searches', rule('{condition: a}'), 'no well-formed search identifiers'],
    ['a search with an odd name', rule('{"a b": {c: d}, condition: a}'), 'no well-formed search identifiers'],
    ['a placeholder', rule('{a: {b|expand: "%x%"}, condition: a}'), 'modifier `expand`'],
    ['an unknown modifier', rule('{a: {b|exec: c}, condition: a}'), 'modifier `exec`'],
    ['an invisible character', rule('{a: {b: "c\\u202e"}, condition: a}'), 'an invisible character'],
    ['an empty list', rule('{a: {b: []}, condition: a}'), 'an empty list'],
    ['a number without a value', rule('{a: {b: .nan}, condition: a}'), 'a number without a value'],
    ['depth', rule(`{a: ${'{b: '.repeat(8)}c${'}'.repeat(8)}, condition: a}`), 'too many values'],
    ['length', rule('{a: {b: c}, condition: a}', `description: ${'x'.repeat(70_000)}`), 'longer than 65536 characters'],
  ])('refuses %s', (_name, text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it('refuses what aliases blow up', () => {
    const levels = Array.from(
      { length: 5 },
      (_, i) => `  l${i + 1}: &l${i + 1} {${Array.from({ length: 10 }, (_, k) => `k${k}: *l${i}`).join(', ')}}`,
    );
    const text = `title: x\nlogsource: {category: dns}\ndetection:\n  l0: &l0 {a: b}\n${levels.join('\n')}\n  condition: l5\n`;
    expect(faultOf(text)).toBe('too many values');
  });

  it('leaves prototypes alone', () => {
    expect(faultOf(rule('{__proto__: {polluted: yes}, condition: a}'))).toBe('no well-formed search identifiers');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('yamlLines', () => {
  it('writes a detection that every reader sees as it was', () => {
    const detection = {
      selection: { 'Image|endswith': '\\a.exe', EventID: 4688, on: true, nothing: null, odd: ["it's", '- x', '5', 5] },
      either: [{ a: 'b', c: ['d', 'e'] }, { f: 'g: #h' }],
      keywords: ['one', '*two*'],
      condition: 'selection and 1 of keywords',
    };
    expect(load(yamlLines(detection, '').join('\n'))).toEqual(detection);
  });
});
