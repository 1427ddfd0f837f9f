import { describe, expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';

describe('parseJson', () => {
  it('reads UTF-8, with or without byte order mark', () => {
    expect(parseJson(Buffer.from('{"a": "\u00fc"}'))).toEqual({ a: '\u00fc' });
    expect(parseJson(Buffer.from('\ufeff[1]'))).toEqual([1]);
  });

  it.each([
    ['SecretWord', "not JSON: Unexpected token 'S'"],
    ['{"a": [1,] , "b": "SecretWord"}', "not JSON: Unexpected token ']'"],
    ['{"a": ', 'not JSON: Unexpected end of JSON input'],
    ['', 'not JSON: Unexpected end of JSON input'],
    ['{"SecretWord', expect.stringMatching(/^not JSON: Unterminated string in JSON at position 12/)],
  ])('says what is wrong with `%s`, but quotes nothing', (text, message) => {
    let said: unknown;
    try {
      parseJson(Buffer.from(text));
    } catch (error) {
      said = error instanceof Error ? error.message : error;
    }
    expect(said).toEqual(message);
    expect(said).not.toContain('Secret');
  });
});
