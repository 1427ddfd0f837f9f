import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFieldText, mixedCase, nextPort, oneChanged, otherCase } from './variants.ts';

describe('variants', () => {
  it.each([
    ['/a%2f', '/q%2f'],
    ['/gate.php?id=1', '/gate.php?id=q'],
    ['/q', '/z'],
    ['/%41/?', undefined],
  ])('changes one byte of %s', (text, changed) => {
    expect(oneChanged(text)).toBe(changed);
  });

  it.each([
    ['/%c3a', '/%c3A'],
    ['/Pay', '/pay'],
    ['/%2f/1', undefined],
  ])('changes the case of a letter in %s', (text, changed) => {
    expect(otherCase(text)).toBe(changed);
  });

  it('makes a text that differs but for its case', () => {
    fc.assert(
      fc.property(fc.domain(), (name) => {
        expect(mixedCase(name).toLowerCase()).toBe(name.toLowerCase());
      }),
    );
  });

  it.each([
    [80, 81],
    [65_535, 65_534],
  ])('finds a port beside %s', (port, next) => {
    expect(nextPort(port)).toBe(next);
  });

  it.each([
    ['a b', true],
    ['ü', true],
    ['', false],
    [' a', false],
    ['a\r\nb', false],
    ['a\u0000', false],
  ])('says of %j whether it can stand in a field: %s', (text, expected) => {
    expect(isFieldText(text)).toBe(expected);
  });
});
