import { describe, expect, it } from 'vitest';
import { isSameAddress, isSamePlace, newAddress } from './feed-address.ts';

describe('isSameAddress', () => {
  it.each([
    ['https://Feeds.example.org/misp/', 'https://feeds.example.org:443/misp', true],
    ['https://bob:old@feeds.example.org/misp', 'https://bob:new@feeds.example.org/misp', true],
    ['https://feeds.example.org/misp', 'https://feeds.example.org/MISP', false],
    ['https://feeds.example.org/misp?a=1', 'https://feeds.example.org/misp?a=2', false],
    ['https://feeds.example.org/misp?a=/', 'https://feeds.example.org/misp?a=', false],
  ])('says of %s and %s: %s', (one, other, expected) => {
    expect(isSameAddress(one, other)).toBe(expected);
  });
});

describe('isSamePlace', () => {
  it('takes no heed of the query', () => {
    expect(isSamePlace('https://a.example/x/?key=old', 'https://a.example/x?key=new')).toBe(true);
    expect(isSamePlace('https://a.example/x', 'https://b.example/x')).toBe(false);
  });
});

describe('newAddress', () => {
  it.each([
    ['https://bob:old@a.example/', 'https://bob:new@a.example', 'https://bob:new@a.example'],
    ['https://bob:old@a.example/', 'https://bob:old@a.example', undefined],
    ['https://bob:old@a.example/', 'https://a.example', undefined],
    ['https://bob:o%40d@a.example/?k=1', 'https://a.example/?k=2', 'https://bob:o%40d@a.example/?k=2'],
    ['https://a.example/?k=1', 'https://a.example/?k=2', 'https://a.example/?k=2'],
  ])('of %s, when %s is wanted, is %s', (url, wanted, expected) => {
    expect(newAddress(url, wanted)).toBe(expected);
  });
});
