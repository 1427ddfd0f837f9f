import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { isTooBroad } from './breadth.ts';
import type { YamlMap } from './yaml.ts';

const isBroad = (condition: string, searches: string) => isTooBroad(condition, load(searches) as YamlMap);

describe('isTooBroad', () => {
  it.each([
    "{Image: '*'}",
    "{Image|contains: ''}",
    '{Image|contains: e}',
    '{Image|exists: true}',
    "{Image|re: '.*'}",
    '{Image|fieldref: Image}',
    '{DestinationIp|cidr: 0.0.0.0/0}',
    "{DestinationIp|cidr: '::/0'}",
    '{Size|gte: 0}',
    '{Image: null}',
    '{EventID: 1}',
    "['*']",
    "['']",
    '[e]',
    "{Image: [evil.exe, '*']}",
    "[{Image: evil.exe}, {Image: '*'}]",
  ])('sees that %s matches nearly everything', (search) => {
    expect(isBroad('a', `{a: ${search}}`)).toBe(true);
  });

  it.each([
    '{Image|endswith: evil.exe}',
    "{EventID: 1, Image: '*\\\\evil.exe'}",
    '[mimikatz, sekurlsa]',
    "{CommandLine|contains|all: [' -enc ', evil]}",
    '{DestinationIp|cidr: 203.0.113.0/24}',
    '{DestinationIp: 203.0.113.7}',
  ])('sees that %s does not', (search) => {
    expect(isBroad('a', `{a: ${search}}`)).toBe(false);
  });

  const TWO = '{a: {Image: evil.exe}, b: {EventID: 1}, filter_x: {User: x}}';

  it.each([
    ['a and b', false],
    ['a and not b', false],
    ['a and not 1 of filter_*', false],
    ['a and not (b or filter_x)', false],
    ['a or b', true],
    ['(a) and (b)', true],
    ['1 of them', true],
    ['all of them', false],
    ['b', true],
    ['b and not a', true],
    ['b and not (not a)', true],
    ['c', true],
  ])('judges %s by what it rests on', (condition, expected) => {
    expect(isBroad(condition, TWO)).toBe(expected);
  });
});
