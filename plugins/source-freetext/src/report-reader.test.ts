import { linesOf } from '@misp-pipeline/misp';
import { describe, expect, it } from 'vitest';
import { ReportReader } from './report-reader.ts';

const SHA1 = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';
const MD5 = 'd41d8cd98f00b204e9800998ecf8427e';

/** What a report of these lines names: types with values, and the reasons for the rest but for lines of plain words. */
function read(lines: readonly string[], takesPlain = false): string[] {
  const report = new ReportReader({ takesPlain });
  const entries = [...linesOf(Buffer.from(lines.join('\n')))].flatMap((line) => report.read(line));
  return entries
    .map((entry) => ('reason' in entry ? `${entry.reason} ${entry.text}` : `${entry.type} ${entry.value}`))
    .filter((text) => !(text.startsWith('rejected:no-indicator') && !/ \S*\[\.\]\S*$/.test(text)));
}

describe('a report whose author defangs', () => {
  it('names defanged values and hashes in the middle of words', () => {
    const line = `The dropper ${SHA1} asks evil[.]example (hxxp://192.0.2[.]1/x), not update.example.`;
    expect(read([line])).toEqual([
      `sha1 ${SHA1}`,
      'domain evil.example',
      'url hxxp://192.0.2[.]1/x',
      'skipped:not-defanged update.example',
    ]);
  });

  it.each([
    ['a line of a code block', ['```', 'evil.example', '```']],
    ['a line of a listing of AsciiDoc', ['== C2', '----', 'evil.example', '----']],
    ['a list item in backticks', [' * `evil.example`']],
    ['a table cell in backticks', ['|Domain |Name', '|`evil.example` |x']],
  ])('names a plain value that stands alone as verbatim text: %s', (_, lines) => {
    expect(read(lines)).toEqual(['domain evil.example']);
  });

  it.each([
    ['among words', ['see evil.example']],
    ['in backticks among words', ['the `evil.example` package']],
    ['on a line of its own', ['https://evil.example/']],
    ['behind a bullet', ['- https://evil.example/']],
    ['among others in a code block', ['```', '"group": "networking.example",', '```']],
  ])('names no plain value %s', (_, lines) => {
    expect(read(lines)).toEqual([expect.stringMatching(/^skipped:not-defanged /)]);
  });
});

describe('a report that defangs nothing', () => {
  it('names plain values', () => {
    const line = 'It asks evil.example and http://192.0.2.1/x with setup.exe and run.sh.';
    expect(read([line], true)).toEqual(['domain evil.example', 'url http://192.0.2.1/x']);
  });

  it.each([
    ['to sites where one reads about indicators', 'https://www.virustotal.com/gui/file/x'],
    ['of Markdown', '[our post](https://blog.example/x)'],
    ['of AsciiDoc', 'https://blog.example/x[our post]'],
  ])('names no links %s', (_, line) => {
    expect(read([line], true)).toEqual([expect.stringMatching(/^skipped:reference https:/)]);
  });

  it('names nothing in comments', () => {
    expect(read(['# see https://evil.example/', '// evil.example'], true)).toEqual([
      'skipped:comment https://evil.example/',
      'skipped:comment evil.example',
    ]);
  });

  it('names nothing that a program mentions', () => {
    const lines = ['```', 'if (v.length) { s.status = 1; }', 'evil.example', '```'];
    expect(read(lines, true)).toEqual(['skipped:code v.length', 'skipped:code s.status', 'domain evil.example']);
  });
});

describe('what a report says of values', () => {
  it.each([
    ['## References', 'http://blog.example/'],
    ['## References', '- `http://blog.example/`'],
    ['REFERENCES AND FURTHER READING:', SHA1],
    ['Authors:', 'analyst[@]lab.example'],
    ['', 'Source: http://blog.example/'],
    ['', 'Author: analyst@lab.example'],
  ])('counts nothing that is not defanged under or behind `%s%s`', (heading, line) => {
    expect(read([heading, line], true)).toEqual([expect.stringMatching(/^skipped:reference /)]);
  });

  it.each([
    ['Source IP addresses:', '203.0.113[.]3'],
    ['## Links in the phishing mails', 'hxxp://evil[.]example/'],
    ['', 'Source: 203.0.113[.]3 port 445'],
    ['## References', 'the server 203.0.113[.]3'],
  ])('counts what is defanged under or behind `%s%s`', (heading, line) => {
    expect(read([heading, line])).toEqual([expect.stringMatching(/^(?:ip-dst|url) /)]);
  });

  it.each(['## Source IP addresses', '## Links in the phishing mails', '## Contacted hosts', '## Credit card stealer'])(
    'takes `%s` for no heading of references',
    (heading) => {
      expect(read([heading, '192.0.2.1'], true)).toEqual(['ip-dst 192.0.2.1']);
    },
  );

  it('ends a section of references with the next heading', () => {
    expect(read(['# References', SHA1, '# Network', MD5])).toEqual([`skipped:reference ${SHA1}`, `md5 ${MD5}`]);
  });

  it('takes a line above dashes for a heading', () => {
    expect(read(['References', '----------', SHA1])).toEqual([`skipped:reference ${SHA1}`]);
  });

  it('takes a row of dashes for no fence', () => {
    expect(read(['words', '', '-----', '', 'evil.example'])).toEqual(['skipped:not-defanged evil.example']);
  });

  it.each([
    ['its own mark', ['```', '~~~', 'evil.example', '```', 'two.example']],
    ['a section of Markdown', ['```', 'evil.example', '## Next', 'two.example']],
  ])('ends a code block with %s', (_, lines) => {
    expect(read(lines)).toEqual(['domain evil.example', 'skipped:not-defanged two.example']);
  });

  it('accounts for what is defanged and cannot be read, beside what can', () => {
    expect(read([`evil[.]example and 203.0.113[.]999`])).toEqual([
      'domain evil.example',
      'rejected:no-indicator 203.0.113[.]999',
    ]);
  });

  it.each([
    ['It runs version 192.0.2.1 of it', 'skipped:version 192.0.2.1'],
    [`fixed in commit ${SHA1}`, `skipped:commit ${SHA1}`],
  ])('knows what is something else by the word before it: `%s`', (line, entry) => {
    expect(read([line], true)).toEqual([entry]);
  });

  it('counts nothing in a line that says it is not malicious', () => {
    expect(read([`- ${SHA1} Book1.xlsx <-- not malicious`, 'www.example[.]org, not inherently malicious'])).toEqual([
      `skipped:not-malicious ${SHA1}`,
      'skipped:not-malicious www.example[.]org',
    ]);
  });

  it('counts what is not only malicious', () => {
    expect(read(['evil[.]example is not only malicious'])).toEqual(['domain evil.example']);
  });

  it.each([
    ['|Lookalike of legitimate bank |Name', '|evil[.]example |x'],
    ['|benign[.]example |clean', '|two |evil[.]example'],
  ])('counts what stands under `%s`', (heading, row) => {
    expect(read([heading, row])).toContain('domain evil.example');
  });

  it('counts nothing in a column of what is legitimate', () => {
    const other = SHA1.replaceAll('a', 'b');
    const lines = ['|===', '|SHA-1 malware |Possible legitimate SHA-1', `|${SHA1} |${other}`, '|===', `|${other}`];
    expect(read(lines)).toEqual([`sha1 ${SHA1}`, `skipped:not-malicious ${other}`, `sha1 ${other}`]);
  });

  it.each([
    ['== Code signing certificates', SHA1, `x509-fingerprint-sha1 ${SHA1}`],
    ['== Samples signed with the certificate', SHA1, `sha1 ${SHA1}`],
    ['== Static RC4 key', MD5, `skipped:key ${MD5}`],
    ['== Windows registry keys', MD5, `md5 ${MD5}`],
    ['', `JA3: ${MD5}`, `ja3-fingerprint-md5 ${MD5}`],
    ['', `imphash ${MD5}`, `imphash ${MD5}`],
  ])('tells hashes apart by `%s`: %s', (heading, line, entry) => {
    expect(read([heading, line])).toEqual([entry]);
  });

  it('reads host, port and path in the notation of AsciiDoc reports', () => {
    expect(read(['- `www.evil.example:80:/wp-content/`'])).toEqual(['url www.evil.example:80/wp-content/']);
  });
});
