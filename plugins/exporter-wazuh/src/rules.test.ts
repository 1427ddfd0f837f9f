import { describe, expect, it } from 'vitest';
import { parseXml, readRules } from '../testing/rule-reader.ts';
import { configurationLines } from './configuration.ts';
import { ADDED_FIELDS, JSON_DECODERS } from './decoders.ts';
import { LOG_SOURCES } from './log-sources/all.ts';
import { listsOf } from './look-up.ts';
import { ID_BLOCK, wazuhOptions } from './options.ts';
import { ruleFile } from './rules.ts';

const file = ruleFile(LOG_SOURCES, wazuhOptions.parse({}));
const rules = readRules(file.text);

describe('ruleFile', () => {
  it('counts the rules that it writes', () => {
    expect(rules).toHaveLength(file.rules);
  });

  it('gives each rule an id of its own within the block', () => {
    const ids = rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toBeGreaterThanOrEqual(110_000);
    for (const id of ids) expect(id).toBeLessThan(110_000 + ID_BLOCK);
  });

  it('keeps to what analysisd reads: no declaration, entities, backslashes or bare brackets', () => {
    expect(file.text).not.toContain('<?');
    const texts = file.text.replace(/<\/?[a-z_]+(?: [a-z_]+="[^"<>&]*")*>|<!--[^<>&]*-->/g, '');
    expect(texts).not.toMatch(/[<>&\\]/);
  });

  it('keeps each element far below 2,048 bytes, the least that the engine reads of one', () => {
    for (const line of file.text.split('\n')) expect(Buffer.byteLength(line)).toBeLessThan(1000);
  });

  it('looks up positively, in two lists at most, and never by the look-up that is inverted', () => {
    for (const { lists, isSilent } of rules) {
      expect(lists.length).toBeLessThanOrEqual(2);
      if (!isSilent) expect(lists.length).toBeGreaterThanOrEqual(1);
      for (const { lookup } of lists) expect(['match_key', 'match_key_value', 'address_match_key']).toContain(lookup);
    }
  });

  it('gives every alerting rule a parent and a level that alerts', () => {
    for (const rule of rules.filter(({ isSilent }) => !isSilent)) {
      expect(rule.sids.length + rule.groups.length).toBeGreaterThan(0);
      expect([13, 10]).toContain(rule.level);
    }
  });

  it('is in no group that a rule of its own, or a stock rule, could take for its parent', () => {
    const { group } = parseXml(file.text) as { group: Record<string, string> };
    const own = (group['@name'] ?? '').split(',');
    expect(own).toEqual(['misp', 'ioc', '']);
    for (const name of rules.flatMap(({ groups }) => groups)) expect(group['@name']).not.toContain(name);
  });

  it('says what has happened with fields that the rule looks at or that come with them', () => {
    for (const { description } of rules) expect(description).toMatch(/^MISP(, high severity)?: \S.*[^.]$/);
  });

  it('moves all ids and parents of its own with the block', () => {
    const moved = readRules(ruleFile(LOG_SOURCES, wazuhOptions.parse({ ruleIds: { first: 119_001 } })).text);
    expect(moved.map(({ id }) => id)).toEqual(rules.map(({ id }) => id + 9001));
    expect(moved.at(-1)?.sids).toEqual([119_481]);
  });

  it('takes the levels of the options', () => {
    const settings = wazuhOptions.parse({ levels: { high: 16, other: 3 } });
    const levels = new Set(readRules(ruleFile(LOG_SOURCES, settings).text).map(({ level }) => level));
    expect(levels).toEqual(new Set([16, 3, 0]));
  });
});

describe('wazuhOptions', () => {
  it.each([[99_999], [119_002], [1], [110_000.5]])('refuses a block of ids that begins at %d', (first) => {
    expect(wazuhOptions.safeParse({ ruleIds: { first } }).success).toBe(false);
  });

  it.each([[0], [17]])('refuses level %d', (high) => {
    expect(wazuhOptions.safeParse({ levels: { high } }).success).toBe(false);
  });
});

describe('lists', () => {
  const lists = listsOf(LOG_SOURCES);

  it('have names that the API takes, each once', () => {
    for (const { name } of lists) expect(name).toMatch(/^[-\w]+$/);
    expect(new Set(lists.map(({ name }) => name)).size).toBe(lists.length);
  });

  it('are declared for the manager as the rules name them, without a block that would replace its own', () => {
    const lines = configurationLines(lists);
    const { list } = parseXml(lines) as { list: readonly string[] };
    const named = new Set(rules.flatMap((rule) => rule.lists.map(({ path }) => path)));
    expect([...list].sort()).toEqual([...named].sort());
    expect(lines).not.toContain('<ruleset');
    expect(lines).not.toContain('<ossec_config');
  });
});

describe('JSON_DECODERS', () => {
  const { decoder } = parseXml(JSON_DECODERS) as {
    decoder: readonly { '@name': string; parent: string; plugin_decoder?: string; prematch?: string; order?: string }[];
  };

  it('decodes JSON first and then adds name and recipient, as siblings of one name without prematch', () => {
    expect(decoder.map((element) => element['@name'])).toEqual([
      'misp-pipeline-json',
      'misp-pipeline-json',
      'misp-pipeline-json',
    ]);
    expect(decoder.map(({ parent }) => parent)).toEqual(['json', 'json', 'json']);
    expect(decoder[0]?.plugin_decoder).toBe('JSON_Decoder');
    expect(decoder.map(({ order }) => order)).toEqual([undefined, ...ADDED_FIELDS]);
    expect(decoder.every(({ prematch }) => prematch === undefined)).toBe(true);
  });
});
