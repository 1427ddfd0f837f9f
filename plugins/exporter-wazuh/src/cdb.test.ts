import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCdb } from '../testing/cdb-reader.ts';
import { cdbLine, isPlain, keyFault } from './cdb.ts';

/** Texts in which what matters to the format is frequent. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('"', ':', '#', ' ', '\n', '\r', '\0', '\\', 'a'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 40,
});

describe('cdbLine', () => {
  it('gives a line from which the engine reads exactly this key and value, for any key without fault', () => {
    fc.assert(
      fc.property(text, (key) => {
        fc.pre(keyFault(key) === undefined);
        expect([...readCdb(`${cdbLine(key, 'high')}\n`)]).toEqual([[key, 'high']]);
      }),
      { numRuns: 2000 },
    );
  });

  it('quotes a key with a colon, which would be cut there', () => {
    expect(cdbLine('2001:db8::1', 'low')).toBe('"2001:db8::1":low');
    expect(cdbLine('evil.example', 'low')).toBe('evil.example:low');
  });
});

describe('keyFault', () => {
  it.each([
    ['a quotation mark', 'http://evil.example/"'],
    ['a line break', 'evil.example:x\nother.example'],
    ['a carriage return', 'evil.example\r'],
    ['NUL', 'evil\0.example'],
    ['a blank at its beginning', ' evil.example'],
    ['a blank at its end', 'evil.example '],
    ['a zero-width space', 'evil\u200b.example'],
    ['a byte order mark', '\ufeffevil.example'],
    ['a mark that turns the direction of text', '\u202eexe.example'],
    ['half of a pair', 'evil\ud83d.example'],
    ['nothing', ''],
  ])('refuses a key with %s', (_what, key) => {
    expect(keyFault(key)).toBe('character');
  });

  it('refuses more than 1,024 bytes, counted in UTF-8', () => {
    expect(keyFault('a'.repeat(1024))).toBeUndefined();
    expect(keyFault('a'.repeat(1025))).toBe('length');
    expect(keyFault('é'.repeat(512))).toBeUndefined();
    expect(keyFault('é'.repeat(513))).toBe('length');
  });

  it('lets what user agents and URLs are made of pass', () => {
    expect(keyFault('Mozilla/4.0 (compatible; rv:11.0) \\ <x> & é')).toBeUndefined();
  });
});

describe('isPlain', () => {
  it('is true only of values that have no fault, also with `www.`, a port or the name of an algorithm', () => {
    const value = fc.oneof(
      text,
      fc.integer({ min: 1000, max: 1024 }).map((length) => 'a'.repeat(length)),
    );
    fc.assert(
      fc.property(value, (value) => {
        fc.pre(isPlain(value));
        for (const key of [value, `www.${value}:65535`, `[${value}]:65535`, `SHA256=${value}`]) {
          expect(keyFault(key)).toBeUndefined();
        }
      }),
    );
  });

  it('is true of what names, addresses and URLs are made of', () => {
    for (const value of ['evil.example', '2001:db8::1', "http://evil.example/?a=%22&b='"]) {
      expect(isPlain(value)).toBe(true);
    }
  });
});
