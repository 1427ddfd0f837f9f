import { type IdBook, type Indicator, makeIndicator, type Output, type Placement, StageIds } from '@misp-pipeline/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rule, RuleFile } from './rule-file.ts';

const RANGE = { first: 1000, last: 9999 };

function aRule(name: string, options = `msg:"${name}"; classtype:trojan-activity;`): Rule {
  return { key: `domain:${name} dns`, header: 'alert dns any any -> any any', options };
}

/** Keeps what one file gets. */
class OneFile implements Output {
  text = '';
  entries = 0;
  readonly placements: { indicator: Indicator; placement: Placement }[] = [];

  file() {
    return {
      write: (text: string) => {
        this.text += text;
      },
      count: (entries: number) => {
        this.entries += entries;
      },
    };
  }

  placed(indicator: Indicator, placement: Placement) {
    this.placements.push({ indicator, placement });
  }
}

function write(rules: readonly Rule[], sids: IdBook = new StageIds('test').book(RANGE)) {
  const output = new OneFile();
  const file = new RuleFile(output, 'x.rules', sids, 'About these rules');
  const given = rules.map((rule) => file.add(rule));
  return { given, text: output.text, entries: output.entries };
}

describe('RuleFile', () => {
  it('writes a comment and one line for each rule, and counts the rules', () => {
    const { given, text, entries } = write([aRule('a'), aRule('b')]);
    expect(text).toBe(
      `# About these rules
alert dns any any -> any any (msg:"a"; classtype:trojan-activity; sid:${given[0]}; rev:1;)
alert dns any any -> any any (msg:"b"; classtype:trojan-activity; sid:${given[1]}; rev:1;)
`,
    );
    expect(entries).toBe(2);
  });

  it('gives every rule a sid of its own that does not depend on the others', () => {
    const names = fc.uniqueArray(fc.domain(), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(names, fc.infiniteStream(fc.boolean()), (all, kept) => {
        const ids = new StageIds('test');
        const sidsOf = (some: readonly string[]) => {
          const { given } = write(
            some.map((name) => aRule(name)),
            ids.book(RANGE),
          );
          return new Map(some.map((name, i) => [name, given[i]]));
        };
        const before = sidsOf(all);
        expect(new Set(before.values()).size).toBe(all.length);
        const some = all.filter(() => kept.next().value).reverse();
        for (const [name, sid] of sidsOf(some)) expect(sid).toBe(before.get(name));
        expect(sidsOf([...all].reverse())).toEqual(before);
      }),
    );
  });

  it('raises the revision when the text changes, and only then', () => {
    const sids = new StageIds('test').book(RANGE);
    const revision = (options: string) => /rev:\d+/.exec(write([aRule('a', options)], sids).text)?.[0];
    expect([revision('msg:"x";'), revision('msg:"x";'), revision('msg:"y";'), revision('msg:"x";')]).toEqual([
      'rev:1',
      'rev:1',
      'rev:2',
      'rev:3',
    ]);
  });

  it('says where each indicator of a rule stands', () => {
    const output = new OneFile();
    const file = new RuleFile(output, 'x.rules', new StageIds('test').book(RANGE), 'About');
    const indicators = ['203.0.113.1', '203.0.113.2'].map((value) => makeIndicator({ kind: 'ipv4', value }));
    const sid = file.addFor(indicators, aRule('list'));
    const text = `alert dns any any -> any any (msg:"list"; classtype:trojan-activity; sid:${sid}; rev:1;)`;
    expect(output.placements).toEqual(
      indicators.map((indicator) => ({ indicator, placement: { file: 'x.rules', id: `sid ${sid}`, text } })),
    );
  });

  it('counts two rules of which an engine loads one as one', () => {
    const output = new OneFile();
    const file = new RuleFile(output, 'x.rules', new StageIds('test').book(RANGE), 'About');
    const given = file.addEither(aRule('new'), aRule('old'));
    const sids = [...output.text.matchAll(/sid:(\d+)/g)].map((match) => Number(match[1]));
    expect(new Set(sids).size).toBe(2);
    expect(sids).toEqual(given);
    expect(output.entries).toBe(1);
  });
});
