import type { IndicatorKind } from '@misp-pipeline/core';
import { anIndicator } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { rulesFor } from '../testing/render-rules.ts';
import { optionOf } from '../testing/rule-check.ts';
import { fires } from '../testing/snort-model.ts';
import { bytes, clientHello, dnsQuery, httpRequest, smtp, type Traffic } from '../testing/wire.ts';
import type { SnortVersion } from './options.ts';

const VERSIONS: readonly SnortVersion[] = [3, 2];

/** Number of rules for the value that fire. */
async function alerts(
  version: SnortVersion,
  kind: IndicatorKind,
  value: string,
  traffic: Traffic,
  port?: number,
): Promise<number> {
  const rules = await rulesFor([anIndicator(kind, value, { port })], { version });
  return rules.filter((rule) => fires(rule, traffic, version)).length;
}

type Case = readonly [name: string, traffic: Traffic];

const DOMAIN_HITS: readonly Case[] = [
  ['a query', dnsQuery('evil.com')],
  ['a query for a name below', dnsQuery('a.b.evil.com')],
  ['a query in mixed case', dnsQuery('eViL.cOM')],
  ['a query over TCP', dnsQuery('www.evil.com', { tcp: true })],
  ['a query with EDNS', dnsQuery('evil.com', { edns: true })],
  ['a request', httpRequest('evil.com')],
  ['a request to a name below', httpRequest('www.evil.com')],
  ['a request in upper case', httpRequest('EVIL.COM')],
  ['a request with a port', httpRequest('evil.com:8080', '/', { port: 8080 })],
  ['a request with a trailing dot', httpRequest('evil.com.')],
  ['a request with a dot and a port', httpRequest('www.evil.com.:80')],
  ['a request through a proxy', httpRequest('evil.com', 'http://evil.com/', { port: 8080 })],
  ['a handshake', clientHello('evil.com')],
  ['a handshake with a name below', clientHello('cdn.Evil.com')],
  ['a handshake on another port', clientHello('evil.com', { port: 8443 })],
  ['a handshake with GREASE behind the name', clientHello('evil.com', { nextType: 0x5a5a })],
  ['a handshake with ALPS behind the name', clientHello('evil.com', { nextType: 0x44cd })],
  ['a handshake with the old ALPS behind the name', clientHello('evil.com', { nextType: 0x4469 })],
];

const NAMES_BESIDE = [
  'notevil.com',
  'not-evil.com',
  'evil.com.example.org',
  'evil.comx',
  'evil.co',
  'evil-com.example',
];
const DOMAIN_MISSES: readonly Case[] = NAMES_BESIDE.flatMap((name) => [
  [`a query for ${name}`, dnsQuery(name)] as const,
  [`a request to ${name}`, httpRequest(name)] as const,
  [`a handshake with ${name}`, clientHello(name)] as const,
]);

const IN_PASSING: readonly Case[] = [
  ['a referer', httpRequest('example.org', '/', { headers: [['Referer', 'http://evil.com/']] })],
  ['a path', httpRequest('example.org', '/evil.com')],
  ['a header that ends in Host', httpRequest('example.org', '/', { headers: [['X-Forwarded-Host', 'evil.com']] })],
  ['another extension', clientHello('example.org', { nextBody: '\x00\x08evil.com\x00' })],
  ['a name below in another extension', clientHello('example.org', { nextBody: 'x.evil.com\x00' })],
  ['a user agent', httpRequest('example.org', '/', { headers: [['User-Agent', 'Host: evil.com']] })],
];

describe.each(VERSIONS)('rules for Snort %i', (version) => {
  it.each(DOMAIN_HITS)('see a domain in %s, once', async (_, traffic) => {
    expect(await alerts(version, 'domain', 'evil.com', traffic)).toBe(1);
  });

  it.each([...DOMAIN_MISSES, ...IN_PASSING])('do not mistake %s for the domain', async (_, traffic) => {
    expect(await alerts(version, 'domain', 'evil.com', traffic)).toBe(0);
  });

  it.each<Case>([
    ['a query', dnsQuery('c2.evil.com')],
    ['a query over TCP', dnsQuery('C2.evil.com', { tcp: true, edns: true })],
    ['a request', httpRequest('c2.evil.com:80')],
    ['a handshake', clientHello('c2.EVIL.com')],
  ])('see a host name in %s, once', async (_, traffic) => {
    expect(await alerts(version, 'hostname', 'c2.evil.com', traffic)).toBe(1);
  });

  it.each(['a', 'ab', 'www', 'x.y'].flatMap((label) => ['dns', 'dns-tcp', 'http', 'tls'].map((how) => [label, how])))(
    'do not see the name below `%s` in %s as the host name',
    async (label, how) => {
      const name = `${label}.evil.com`;
      const traffic = { http: httpRequest(name), tls: clientHello(name), dns: dnsQuery(name) }[how ?? ''];
      expect(await alerts(version, 'hostname', 'evil.com', traffic ?? dnsQuery(name, { tcp: true }))).toBe(0);
    },
  );

  it.each([...DOMAIN_MISSES, ...IN_PASSING])('do not mistake %s for the host name', async (_, traffic) => {
    expect(await alerts(version, 'hostname', 'evil.com', traffic)).toBe(0);
  });

  it('see a host name whose length is a letter, and no name of the other case of that letter', async () => {
    const host = `${'a'.repeat(50)}.${'b'.repeat(10)}.com.example`;
    expect(host.length).toBe('I'.charCodeAt(0));
    const longer = `${host}${'.c'.repeat(16)}`;
    expect(longer.length).toBe('i'.charCodeAt(0));
    expect(await alerts(version, 'hostname', host, clientHello(host))).toBe(1);
    expect(await alerts(version, 'hostname', host, clientHello(longer))).toBe(0);
  });

  it('see a host name with a port on that port only', async () => {
    const on = (port: number) => alerts(version, 'hostname', 'c2.evil.com', clientHello('c2.evil.com', { port }), 8443);
    expect(await on(8443)).toBe(1);
    expect(await on(443)).toBe(0);
    const request = httpRequest('c2.evil.com:8080', '/', { port: 8080 });
    expect(await alerts(version, 'hostname', 'c2.evil.com', request, 8080)).toBe(1);
    expect(await alerts(version, 'hostname', 'c2.evil.com', request, 8000)).toBe(0);
  });
});

const GATE = 'http://evil.com/gate.php?id=1';

describe.each(VERSIONS)('rules for URLs in Snort %i', (version) => {
  it.each<Case>([
    ['as it stands', httpRequest('evil.com', '/gate.php?id=1')],
    ['with the host in upper case', httpRequest('EVIL.com', '/gate.php?id=1')],
    ['with an escaped letter', httpRequest('evil.com', '/%67ate.php?id=1')],
    ['with dot segments', httpRequest('evil.com', '/x/../gate.php?id=1')],
    ['with repeated slashes', httpRequest('evil.com', '//gate.php?id=1')],
    ['through a proxy', httpRequest('evil.com', 'http://evil.com/gate.php?id=1', { port: 8080 })],
  ])('see the URL %s', async (_, traffic) => {
    expect(await alerts(version, 'url', GATE, traffic)).toBe(1);
  });

  it.each<Case>([
    ['another host', httpRequest('notevil.com', '/gate.php?id=1')],
    ['a host below', httpRequest('www.evil.com', '/gate.php?id=1')],
    ['a longer query', httpRequest('evil.com', '/gate.php?id=12')],
    ['one more parameter', httpRequest('evil.com', '/gate.php?id=1&x=2')],
    ['no query', httpRequest('evil.com', '/gate.php')],
    ['another case', httpRequest('evil.com', '/Gate.php?id=1')],
    ['a deeper path', httpRequest('evil.com', '/x/gate.php?id=1')],
    ['the URL in the referer', httpRequest('example.org', '/', { headers: [['Referer', GATE]] })],
  ])('do not mistake %s for the URL', async (_, traffic) => {
    expect(await alerts(version, 'url', GATE, traffic)).toBe(0);
  });

  it('see a URL without query with any query', async () => {
    expect(await alerts(version, 'url', 'http://evil.com/gate.php', httpRequest('evil.com', '/gate.php?x=1'))).toBe(1);
    expect(await alerts(version, 'url', 'http://evil.com/gate.php', httpRequest('evil.com', '/gate.phpx'))).toBe(0);
  });

  it('see a URL without path as the front page only', async () => {
    expect(await alerts(version, 'url', 'http://evil.com/', httpRequest('evil.com', '/'))).toBe(1);
    expect(await alerts(version, 'url', 'http://evil.com/', httpRequest('evil.com', '/index.html'))).toBe(0);
  });

  it.each([
    '/a%20b.exe',
    '/a%2Fb',
    '/x//y',
    '/x/../y.bin',
    '/x/.',
    '/q.php?a=b+c',
    '/q.php?a=%22%3B',
    '/a\\b',
    '/"\';|$(id)',
    '/i',
    '/a?b?c=/../',
  ])('see %s to the letter', async (target) => {
    expect(await alerts(version, 'url', `http://evil.com${target}`, httpRequest('evil.com', target))).toBe(1);
    expect(await alerts(version, 'url', `http://evil.com${target}`, httpRequest('evil.com', `${target}x`))).toBe(0);
    expect(await alerts(version, 'url', `http://evil.com${target}`, httpRequest('example.org', target))).toBe(0);
  });

  it('see a URL with a port where the request names that port', async () => {
    const url = 'http://203.0.113.7:8080/bins/x86';
    expect(await alerts(version, 'url', url, httpRequest('203.0.113.7:8080', '/bins/x86', { port: 8080 }))).toBe(1);
    expect(await alerts(version, 'url', url, httpRequest('203.0.113.7:8000', '/bins/x86', { port: 8000 }))).toBe(0);
    expect(await alerts(version, 'url', url, httpRequest('203.0.113.7', '/bins/x86'))).toBe(0);
  });

  it('see a URL at an IPv6 address', async () => {
    const request = httpRequest('[2001:db8::7]', '/loader.bin');
    expect(await alerts(version, 'url', 'http://[2001:db8::7]/loader.bin', request)).toBe(1);
  });

  it('see the host of an https URL, not a name below it, and say so', async () => {
    const url = 'https://cdn.evil.com/drop.bin';
    expect(await alerts(version, 'url', url, clientHello('cdn.evil.com'))).toBe(1);
    expect(await alerts(version, 'url', url, clientHello('x.cdn.evil.com'))).toBe(0);
    const [rule, ...more] = await rulesFor([anIndicator('url', url)], { version });
    expect(rule && optionOf(rule, 'msg')).toContain('TLS connection to the host of https://cdn.evil.com/drop.bin');
    expect(more).toEqual([]);
  });

  it('see a URI on any host, whole', async () => {
    const uri = '/panel/gate.php?id=7';
    expect(await alerts(version, 'uri', uri, httpRequest('example.org', uri))).toBe(1);
    expect(await alerts(version, 'uri', uri, httpRequest('example.org', `/x${uri}`))).toBe(0);
    expect(await alerts(version, 'uri', '/a%2f/gate', httpRequest('example.org', '/a%2f/gate'))).toBe(1);
    expect(await alerts(version, 'uri', 'gate.php?id=', httpRequest('example.org', '/x/gate.php?id=9'))).toBe(1);
  });

  it('see a URI with bytes beyond ASCII as they are sent', async () => {
    const sent = Buffer.from('/bücher/gate.php', 'utf8').toString('latin1');
    expect(await alerts(version, 'uri', '/bücher/gate.php', httpRequest('example.org', sent))).toBe(1);
  });

  it('see a user agent, whole and in its own header', async () => {
    const agent = 'Mozilla/4.0 (compatible; "evil|bot"; 1\\2)';
    const by = (value: string, name = 'User-Agent') => httpRequest('example.org', '/', { headers: [[name, value]] });
    expect(await alerts(version, 'user-agent', agent, by(agent))).toBe(1);
    expect(await alerts(version, 'user-agent', agent, by(`${agent}x`))).toBe(0);
    expect(await alerts(version, 'user-agent', agent, by(`x ${agent}`))).toBe(0);
    expect(await alerts(version, 'user-agent', agent, by(agent.toLowerCase()))).toBe(0);
    expect(await alerts(version, 'user-agent', agent, by(agent, 'Referer'))).toBe(0);
  });

  it.each<readonly [string, string, number]>([
    ['id=9f8e7d', 'id=9f8e7d', 1],
    ['id=9f8e7d', 'a=b; id=9f8e7d; c=d', 1],
    ['id=9f8e7d', 'xid=9f8e7d', 0],
    ['id=9f8e7d', 'id=9f8e7d==', 0],
    ['id=9f8e7d', 'ID=9f8e7d', 0],
    ['a=b; c=d', 'x=y; a=b; c=d', 1],
    ['9f8e7d"|;', 'id=9f8e7d"|;', 1],
    ['9f8e7d', 'id=9f8e7d1', 0],
    ['id=%2f%2f', 'a=b; id=%2f%2f', 1],
    ['id=%2f%2f', 'id=//', 0],
  ])('see the cookie %s in `%s`', async (cookie, sent, expected) => {
    const request = httpRequest('example.org', '/', { headers: [['Cookie', sent]] });
    expect(await alerts(version, 'cookie', cookie, request)).toBe(expected);
    const elsewhere = httpRequest('example.org', '/', { headers: [['X-Cookie', sent]] });
    expect(await alerts(version, 'cookie', cookie, elsewhere)).toBe(0);
  });

  it('see an unusual method, whole', async () => {
    const by = (method: string) => httpRequest('example.org', '/PROPFIND', { method });
    expect(await alerts(version, 'http-method', 'PROPFIND', by('PROPFIND'))).toBe(1);
    expect(await alerts(version, 'http-method', 'PROPFIND', by('PROPFINDX'))).toBe(0);
    expect(await alerts(version, 'http-method', 'PROPFIND', by('GET'))).toBe(0);
  });

  it.each<readonly [string, string, number]>([
    ['BOT|0d 0a|HELO', 'xBOT\r\nHELO', 1],
    ['BOT|0D0A|HELO', 'BOT\r\nHELO', 1],
    ['BOT|0d 0a|HELO', 'BOT|0d 0a|HELO', 0],
    ['a|zz|b', 'a|zz|b', 1],
    ['cmd|', 'cmd|', 1],
    ['cmd||', 'cmd||', 1],
  ])('see the pattern %s in `%j`', async (pattern, payload, expected) => {
    for (const protocol of ['tcp', 'udp'] as const)
      expect(await alerts(version, 'pattern-in-traffic', pattern, bytes(protocol, payload))).toBe(expected);
  });
});

describe.each(VERSIONS)('rules for mail in Snort %i', (version) => {
  it.each<readonly [IndicatorKind, string, number]>([
    ['email-src', 'MAIL FROM:<bad@evil.com>', 1],
    ['email-src', 'From: "Bank" <BAD@evil.com>', 1],
    ['email-src', 'Reply-To: bad@evil.com', 1],
    ['email-src', 'MAIL FROM:<notbad@evil.com>', 0],
    ['email-src', 'MAIL FROM:<bad@evil.com.br>', 0],
    ['email-src', 'To: bad@evil.com', 0],
    ['email-src', 'write to bad@evil.com', 0],
    ['email-dst', 'RCPT TO:<bad@evil.com>', 1],
    ['email-dst', 'From: bad@evil.com', 0],
    ['email', 'Cc: x@example.org, bad@evil.com', 1],
    ['email', 'From: bad@evil.com', 1],
    ['email-reply-to', 'Reply-To: <bad@evil.com>', 1],
    ['email-reply-to', 'From: <bad@evil.com>', 0],
  ])('read %s in `%s`', async (kind, line, expected) => {
    expect(await alerts(version, kind, 'bad@evil.com', smtp('EHLO x', line, '.'))).toBe(expected);
  });

  it('read a whole subject', async () => {
    const subject = 'Invoice (4711); "urgent"';
    expect(await alerts(version, 'email-subject', subject, smtp('To: a@b.c', `Subject: ${subject}`))).toBe(1);
    expect(await alerts(version, 'email-subject', subject, smtp(`Subject: Re: ${subject}`))).toBe(0);
    expect(await alerts(version, 'email-subject', subject, smtp(`X: ${subject}`))).toBe(0);
  });

  it.each<readonly [IndicatorKind, string, string, number]>([
    ['email-x-mailer', 'The Bat! 9.1', 'X-Mailer: The Bat! 9.1', 1],
    ['email-x-mailer', 'The Bat! 9.1', 'X-Mailer: The Bat! 9.12', 0],
    ['email-x-mailer', 'The Bat! 9.1', 'Subject: The Bat! 9.1', 0],
    ['email-message-id', '<4711@evil.com>', 'Message-Id: <4711@evil.com>', 1],
    ['email-message-id', '4711@evil.com', 'Message-ID: <4711@EVIL.com>', 1],
    ['email-message-id', '<4711@evil.com>', 'Message-ID: <14711@evil.com>', 0],
    ['email-message-id', '<4711@evil.com>', 'In-Reply-To: <4711@evil.com>', 0],
    ['filename', 'evil.exe', 'Content-Type: application/x; name=evil.exe', 1],
    ['filename', 'evil.exe', 'Content-Type: application/x; name="notevil.exe"', 0],
  ])('read %s %s in `%s`', async (kind, value, line, expected) => {
    expect(await alerts(version, kind, value, smtp('EHLO x', line, '.'))).toBe(expected);
  });

  it('read the whole name of an attachment', async () => {
    const disposition = (name: string) => smtp(`Content-Disposition: attachment; filename="${name}"`);
    expect(await alerts(version, 'email-attachment', 'evil.exe', disposition('Evil.exe'))).toBe(1);
    expect(await alerts(version, 'email-attachment', 'evil.exe', disposition('notevil.exe'))).toBe(0);
    expect(await alerts(version, 'email-attachment', 'evil.exe', disposition('evil.exe.txt'))).toBe(0);
  });
});
