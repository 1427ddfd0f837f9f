import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentBytes, contentText, messageText, metadataText, pcreText } from './escape.ts';

/** Texts of all sorts: ASCII with all its punctuation, any characters, halves of pairs. */
const text = fc.oneof(
  fc.string({ unit: 'binary-ascii' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
);

/** Reads the text of a content option as the engines do: plain bytes, and hex between bars. */
function readContent(content: string): Buffer {
  const bytes: number[] = [];
  content.split('|').forEach((part, i) => {
    if (i % 2 === 0) bytes.push(...Buffer.from(part, 'latin1'));
    else for (const hex of part.split(' ')) bytes.push(Number.parseInt(hex, 16));
  });
  return Buffer.from(bytes);
}

/** Reads an escaped regular expression without operators. */
function readPcre(pattern: string): Buffer {
  return Buffer.from(
    pattern.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

describe('contentText', () => {
  it('stands for the bytes of the value, whatever they are', () => {
    fc.assert(fc.property(text, (value) => readContent(contentText(value)).equals(Buffer.from(value, 'utf8'))));
    fc.assert(fc.property(fc.uint8Array(), (bytes) => readContent(contentBytes(bytes)).equals(Buffer.from(bytes))));
  });

  it('holds no character that means something to an engine', () => {
    const harmless = /^(?:[A-Za-z0-9 ._/=?&%@+~-]|\|[0-9a-f]{2}(?: [0-9a-f]{2})*\|)*$/;
    fc.assert(fc.property(text, (value) => harmless.test(contentText(value))));
  });

  it('reads well where it can', () => {
    expect(contentText('/gate.php?id=1&x=%20')).toBe('/gate.php?id=1&x=%20');
    expect(contentText('a"b;c|d\\e')).toBe('a|22|b|3b|c|7c|d|5c|e');
  });

  it('writes bytes in hex together, with the blanks between them', () => {
    expect(contentText('"; ;"x')).toBe('|22 3b 20 3b 22|x');
    expect(contentText('é')).toBe('|c3 a9|');
  });
});

describe('pcreText', () => {
  it('stands for the bytes of the value, whatever they are', () => {
    fc.assert(fc.property(text, (value) => readPcre(pcreText(value)).equals(Buffer.from(value, 'utf8'))));
  });

  it('holds nothing but letters, digits and bytes in hex', () => {
    fc.assert(fc.property(text, (value) => /^(?:[A-Za-z0-9]|\\x[0-9a-f]{2})*$/.test(pcreText(value))));
  });
});

describe('messageText', () => {
  it('holds no character that means something in a rule or does not show', () => {
    fc.assert(fc.property(text, (value) => !/["\\;|$\p{C}]/u.test(messageText(value))));
  });

  it('is at most 160 characters long, and changes no more when it is applied again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 100, maxLength: 400 }), (value) => {
        const once = messageText(value);
        expect(once.length).toBeLessThanOrEqual(160);
        expect(messageText(once)).toBe(once);
      }),
    );
  });

  it('does not cut a character in two', () => {
    const cut = messageText(`${'a'.repeat(156)}\u{1f480}${'b'.repeat(20)}`);
    expect(cut).toBe(`${'a'.repeat(156)}...`);
  });

  it('leaves ordinary text as it is', () => {
    expect(messageText('MISP domain evil.example (Bücher & Co: wave 2)')).toBe(
      'MISP domain evil.example (Bücher & Co: wave 2)',
    );
  });

  it('takes look-alikes for what it may not hold', () => {
    expect(messageText('a "b"; c\\d | $HOME\n\u202ee')).toBe("a 'b', c/d / SHOME e");
  });
});

describe('metadataText', () => {
  it('holds nothing that separates or ends a pair', () => {
    fc.assert(fc.property(text, (value) => /^[A-Za-z0-9_.:/+-]{0,100}$/.test(metadataText(value))));
  });
});
