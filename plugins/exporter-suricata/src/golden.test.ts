import { anIndicator, render, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { SuricataExporter } from './exporter.ts';
import { suricataOptions } from './options.ts';

const MD5 = '0123456789abcdef0123456789abcdef';
const SHA1 = '0123456789abcdef0123456789abcdef01234567';
const SHA256 = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';

/** One indicator for each form that the exporter knows. */
const INDICATORS = [
  anIndicator('ipv4', '203.0.113.7', { direction: 'destination' }),
  anIndicator('ipv4', '203.0.113.8', { direction: 'source', severity: 'low' }),
  anIndicator('ipv4', '203.0.113.9', { direction: 'destination', port: 8443 }),
  anIndicator('ipv4', '203.0.113.10', { severity: 'unknown' }),
  anIndicator('ipv6', '2001:db8::7', { direction: 'destination' }),
  anIndicator('cidr', '203.0.113.128/26', { direction: 'source', port: 25 }),
  anIndicator('domain', 'evil.example', { techniques: ['T1071.001'], confidence: 80 }),
  anIndicator('domain', 'c2.evil.example'),
  anIndicator('hostname', 'www.bad-host.example', { tlp: 'amber' }),
  anIndicator('hostname', 'c2.bad-host.example', { port: 4443 }),
  anIndicator('url', 'http://url.example/mal/Pay.php?id=7'),
  anIndicator('url', 'http://url.example:8080/a"b;c|d\\e'),
  anIndicator('url', 'http://[2001:db8::7]/'),
  anIndicator('url', 'https://tls.example/login'),
  anIndicator('url', 'https://tls.example/panel'),
  anIndicator('url', 'https://tls-port.example:8443/'),
  anIndicator('url', 'https://203.0.113.20/x'),
  anIndicator('uri', '/gate.php?bot=1'),
  anIndicator('user-agent', 'Mozilla/4.0 (Evil; "Bot")'),
  anIndicator('http-method', 'PROPFIND'),
  anIndicator('cookie', 'id=9f8e7d; lang=x'),
  anIndicator('ja3', MD5),
  anIndicator('ja4', 't13d0408h2_39e807bd56df_e7de1fb565e9'),
  anIndicator('ja4', 'q13d0408h3_39e807bd56df_e7de1fb565e9'),
  anIndicator('hassh', MD5),
  anIndicator('hasshserver', MD5),
  anIndicator('x509-md5', MD5),
  anIndicator('x509-sha1', SHA1),
  anIndicator('x509-sha256', SHA256),
  anIndicator('md5', MD5),
  anIndicator('sha1', SHA1),
  anIndicator('sha256', SHA256),
  anIndicator('filename', 'C:\\Users\\Public\\Invoice-4711.pdf.exe'),
  anIndicator('email', 'bad@mail.example'),
  anIndicator('email-src', 'from@mail.example'),
  anIndicator('email-dst', 'drop@mail.example'),
  anIndicator('email-reply-to', 'reply@mail.example'),
  anIndicator('email-subject', 'Your invoice: 4711'),
  anIndicator('email-attachment', 'Invoice 77.exe'),
  anIndicator('email-x-mailer', 'The Bat! 9.1'),
  anIndicator('email-message-id', '<4711@mail.example>'),
  anIndicator('pattern-in-traffic', 'BOT|0d 0a|HELO'),
];

describe.each(['rules', 'datasets'] as const)('mode %s', (mode) => {
  it('writes each form as it was reviewed', async () => {
    const exporter = new SuricataExporter(suricataOptions.parse({ mode }), testServices());
    const { output, skipped } = await render(exporter, INDICATORS);
    expect(skipped).toEqual([]);
    const counts = [...output.files].map(([path, { entries }]) => `${path} ${entries}\n`).sort();
    await expect(counts.join('')).toMatchFileSnapshot(`../golden/${mode}/entries.txt`);
    for (const path of output.files.keys())
      await expect(output.text(path)).toMatchFileSnapshot(`../golden/${mode}/${path}`);
  });
});
