import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidatesOf } from './candidates.ts';
import { bareValue, isEnclosed } from './pasted.ts';
import { isFault, type Part } from './reading/reading.ts';
import { READERS } from './types.ts';

const HEX = 'abcdef0123456789'.repeat(4);

describe('bareValue', () => {
  it.each([
    ['evil.example,', 'evil.example'],
    ['evil.example;', 'evil.example'],
    ['evil.example).', 'evil.example'],
    ['(evil.example)', 'evil.example'],
    ['("evil.example"),', 'evil.example'],
    ['\u201cevil.example\u201d.', 'evil.example'],
    ['ev\u200bil.ex\u00adample\ufeff', 'evil.example'],
    [`sha256:${HEX}`, HEX],
    [`SHA-256 = ${HEX}`, HEX],
    [`"sha256=${HEX}",`, HEX],
    [`md5:${HEX.slice(0, 32)}`, HEX.slice(0, 32)],
    [`sha1:${HEX.slice(0, 40)}`, HEX.slice(0, 40)],
  ])('of %j is %j', (text, bare) => {
    expect(bareValue(text)).toBe(bare);
  });

  it.each([`md5:${HEX}`, `sha3:${HEX}`, 'md5:evil', 'e[v]il.example', '-a-', ''])('of %j is itself', (text) => {
    expect(bareValue(text)).toBe(text);
  });
});

it('isEnclosed tells a pair from brackets that belong to the value', () => {
  expect(['(a)', '"a",', '[hxxp://]a/[0]', '(a', 'a)', '(', ''].map(isEnclosed)).toEqual([
    ...[true, true, true],
    ...[false, false, false, false],
  ]);
});

const host = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(?:\.[a-z][a-z0-9]{0,9}){1,3}$/);
const digest = fc.constantFrom('md5', 'sha1', 'sha256').chain((name) => {
  const digits = { md5: 32, sha1: 40, sha256: 64 }[name] ?? 0;
  return fc.stringMatching(new RegExp(`^[0-9a-f]{${digits}}$`)).map((value) => ({ name, value }));
});
const address = fc.oneof(fc.ipV4(), fc.constantFrom('2001:db8::1', '10.0.0.0/8'));
const url = host.map((name) => `https://${name}/a`);
const bare = fc.oneof(
  host,
  address,
  host.map((name) => `a@${name}`),
  digest.map(({ value }) => value),
);

/** Kinds of which not every text is a value. */
const STRICT = /^(?:ip|cidr|domain|hostname|url|md5|sha|email(?:-src|-dst)?$)/;

function strictOf(text: string): string[] {
  return candidatesOf(text)
    .filter(({ kind }) => STRICT.test(kind))
    .map(({ kind, value }) => `${kind}:${value}`);
}

describe('a value that was copied', () => {
  it('is found with brackets or quotes around it and marks behind it', () => {
    const pair = fc.constantFrom('()', '[]', '{}', '<>', '""', "''", '\u201c\u201d');
    const marks = fc.constantFrom('', ',', ';', '.', '.;');
    fc.assert(
      fc.property(fc.oneof(bare, url), pair, marks, (value, [open = '', close = ''], end) => {
        expect(strictOf(`${open}${value}${close}${end}`)).toEqual(expect.arrayContaining(strictOf(value)));
      }),
    );
  });

  it('is found with marks behind it alone, and with characters that nobody sees in it', () => {
    const unseen = fc.constantFrom('\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad');
    const marks = fc.constantFrom('', ',', ';', '.', ')', '),');
    // `10.0.0.0/8,` is a URL itself, and so has no further reading as one.
    const found = (text: string) => strictOf(text).filter((candidate) => !candidate.startsWith('url:'));
    fc.assert(
      fc.property(bare, fc.nat(), unseen, marks, (value, at, char, end) => {
        const place = at % value.length;
        const text = `${value.slice(0, place)}${char}${value.slice(place)}${end}`;
        expect(found(text)).toEqual(expect.arrayContaining(found(value)));
      }),
    );
  });

  it('is found with the name of its hash before it', () => {
    fc.assert(
      fc.property(digest, fc.constantFrom(':', '=', ': '), ({ name, value }, sign) => {
        expect(strictOf(`${name.toUpperCase()}${sign}${value}`)).toEqual(expect.arrayContaining(strictOf(value)));
      }),
    );
  });
});

describe('a value that is legal as it was typed', () => {
  /** Readings of a kind, without what a value can be besides when it was copied. */
  function asTyped(text: string, wanted: string): string[] {
    const parts = READERS.map((read) => read(text)).flatMap((read): readonly Part[] => (isFault(read) ? [] : read));
    return [...new Set(parts.filter(({ kind }) => kind === wanted).map(({ value }) => value))];
  }

  it('is read as no other value of its kind', () => {
    const affix = fc.constantFrom(
      '',
      '(',
      ')',
      '[',
      ']',
      '<',
      '>',
      '"',
      "'",
      ',',
      ';',
      '.',
      '\u200b',
      '\u201c',
      '/',
      ' ',
    );
    const seed = fc.oneof(
      bare,
      url,
      fc.constantFrom('evil.exe', `md5:${HEX.slice(0, 32)}`, '/gate.php', 'HKLM\\a\\', 'GET'),
    );
    const text = fc.tuple(affix, affix, seed, affix, affix).map((pieces) => pieces.join('').trim());
    fc.assert(
      fc.property(text, (typed) => {
        for (const reading of READERS.map((read) => read(typed))) {
          for (const { kind, value } of isFault(reading) ? [] : reading) {
            const read = candidatesOf(value).filter((candidate) => candidate.kind === kind);
            expect(read.map((candidate) => candidate.value)).toEqual(asTyped(value, kind));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['url', 'http://evil.example/a,'],
    ['url', 'http://evil.example/a)'],
    ['url', 'http://evil.example/?q=md5:a;'],
    ['uri', '/gate.php,'],
    ['filename', '(evil.exe)'],
    ['user-agent', 'Mozilla/4.0 (compatible)'],
    ['email-subject', 'Invoice, "paid".'],
  ])('such as the %s %s', (wanted, text) => {
    const values = candidatesOf(text).filter(({ kind }) => kind === wanted);
    expect(values.map(({ value }) => value)).toEqual([text]);
  });
});
