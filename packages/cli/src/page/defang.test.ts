import { describe, expect, it } from 'vitest';
import { folded } from './client/spelling.js';
import { defanged, valueCell } from './defang.ts';

const CASES = [
  ['ipv4', '192.0.2.1', '192[.]0[.]2[.]1'],
  ['cidr', '192.0.2.0/24', '192[.]0[.]2[.]0/24'],
  ['domain', 'evil.example', 'evil[.]example'],
  ['url', 'https://user@evil.example:8443/a.php?b=c.d', 'hxxps://user[@]evil[.]example:8443/a.php?b=c.d'],
  ['email-src', 'a.b@evil.example', 'a[.]b[@]evil[.]example'],
  ['sha256', 'ab'.repeat(32), 'ab'.repeat(32)],
  ['filename', 'invoice.exe', 'invoice.exe'],
  ['', 'gone.example', 'gone[.]example'],
  ['pattern-in-traffic', 'ftp://evil.example/x', 'ftp://evil[.]example/x'],
] as const;

describe('defanged', () => {
  it.each(CASES)('writes a %s so that nothing turns it into a link: %s', (kind, value, expected) => {
    expect(defanged(kind, value)).toBe(expected);
  });

  it.each(CASES)('is found by the search in its true spelling and in its own: %s %s', (kind, value) => {
    expect(folded(defanged(kind, value))).toBe(value.toLowerCase());
  });

  it('masks a secret in a value before it changes its spelling', () => {
    const mask = (text: string) => text.replaceAll('key.with.dots', '***');
    expect(valueCell('domain', 'key.with.dots.example').write(mask)).toBe('<code class="value">***[.]example</code>');
  });

  it('takes a text of any length in linear time', () => {
    const long = `http://${'['.repeat(200_000)}${'(dot'.repeat(100_000)}`;
    expect(folded(defanged('url', long)).length).toBeGreaterThan(0);
  });
});
