import { type Indicator, indicatorKey } from '@misp-pipeline/core';
import { anIndicator, render, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { type Conversation, writeConversations } from '../testing/capture.ts';
import { alertsOn, inFolder, SINCE_8, SURICATA } from '../testing/suricata.ts';
import { hasshOf, httpTalk, mailTalk, sshTalk } from '../testing/talks.ts';
import { SuricataExporter } from './exporter.ts';
import { type Mode, suricataOptions } from './options.ts';

/** An indicator, talks that it must alert on, and talks that it must not. */
interface FormCase {
  readonly indicator: Indicator;
  readonly fires: readonly Conversation[];
  readonly silent: readonly Conversation[];
}

const withCookie = (cookie: string) => httpTalk('/', { headers: { Cookie: cookie } });
const asDownload = (name: string) =>
  httpTalk('/get?x=1', { server: { 'Content-Disposition': `attachment; filename="${name}"` } });
const asAttachment = (name: string) =>
  mailTalk({
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${name}"`,
    'Content-Transfer-Encoding': 'base64',
  });
const inStream = (who: 'client' | 'server', text: string): Conversation => ({
  port: 4444,
  said: [
    ['client', 'hi'],
    [who, text],
  ],
});

const toHost = (host: string) => httpTalk('/gate', { host });

const CASES: readonly FormCase[] = [
  {
    indicator: anIndicator('domain', 'evil.example'),
    fires: ['evil.example', 'EVIL.example', 'a.evil.example:80', 'A.Evil.example:8080'].map(toHost),
    silent: ['notevil.example', 'evil.example.org:8080', 'EVIL.example.org'].map(toHost),
  },
  {
    indicator: anIndicator('url', 'http://bad.example:8080/gate'),
    fires: ['bad.example:8080', 'BAD.example:8080'].map(toHost),
    silent: ['bad.example:8081', 'a.bad.example:8080'].map(toHost),
  },
  {
    indicator: anIndicator('http-method', 'PROPFIND'),
    fires: [httpTalk('/', { method: 'PROPFIND' })],
    silent: [httpTalk('/', { method: 'PROPPATCH' }), httpTalk('/PROPFIND')],
  },
  {
    indicator: anIndicator('cookie', 'id=9f8e7d'),
    fires: [withCookie('id=9f8e7d'), withCookie('a=b; id=9f8e7d; c=d'), withCookie('a=b; id=9f8e7d')],
    silent: [withCookie('xid=9f8e7d'), withCookie('id=9f8e7d0; a=b'), withCookie('id=9F8E7D'), httpTalk('/id=9f8e7d')],
  },
  {
    indicator: anIndicator('filename', 'C:\\Users\\Public\\Bill-4711.pdf.exe'),
    fires: [
      httpTalk('/drop/Bill-4711.pdf.exe'),
      httpTalk('/drop/bill-4711.PDF.exe?x=1'),
      asDownload('Bill-4711.pdf.exe'),
      asAttachment('Bill-4711.pdf.exe'),
    ],
    silent: [
      httpTalk('/drop/my-Bill-4711.pdf.exe'),
      httpTalk('/drop/Bill-4711.pdf.exe/x'),
      httpTalk('/drop/x?Bill-4711.pdf.exe'),
      asDownload('Bill-4711.pdf.exe.txt'),
      asAttachment('Bill-47111.pdf.exe'),
    ],
  },
  {
    indicator: anIndicator('hassh', hasshOf({ kex: 'evil-kex' })),
    fires: [sshTalk({ kex: 'evil-kex' })],
    silent: [sshTalk({ kex: 'evil-kex2' }), sshTalk({}, { kex: 'evil-kex' })],
  },
  {
    indicator: anIndicator('hasshserver', hasshOf({ cipher: 'evil-cipher' })),
    fires: [sshTalk({}, { cipher: 'evil-cipher' })],
    silent: [sshTalk({}, { cipher: 'evil-cipher2' }), sshTalk({ cipher: 'evil-cipher' })],
  },
  {
    indicator: anIndicator('email', 'both@mail.example'),
    fires: [
      mailTalk({ From: 'x@y.example' }, { from: 'both@mail.example' }),
      mailTalk({ From: 'x@y.example' }, { to: 'both@mail.example' }),
      mailTalk({ From: '"Bo, Th" <Both@mail.example>' }),
      mailTalk({ To: 'a@y.example, both@mail.example, c@y.example' }),
      mailTalk({ Cc: 'both@mail.example' }),
    ],
    silent: [mailTalk({ Subject: 'both@mail.example' }), mailTalk({ From: 'notboth@mail.example' })],
  },
  {
    indicator: anIndicator('email-src', 'from@mail.example'),
    fires: [mailTalk({}, { from: 'From@mail.example' }), mailTalk({ From: '<from@mail.example>' })],
    silent: [
      mailTalk({ To: 'from@mail.example' }),
      mailTalk({}, { to: 'from@mail.example' }),
      mailTalk({ From: 'from@mail.example.org' }),
      mailTalk({ From: 'a.from@mail.example' }),
    ],
  },
  {
    indicator: anIndicator('email-dst', 'to@mail.example'),
    fires: [
      mailTalk({}, { to: 'to@mail.example' }),
      mailTalk({ To: 'to@mail.example' }),
      mailTalk({ Cc: 'to@mail.example' }),
    ],
    silent: [mailTalk({ From: 'to@mail.example' }), mailTalk({ To: 'into@mail.example' })],
  },
  {
    indicator: anIndicator('email-reply-to', 'reply@mail.example'),
    fires: [mailTalk({ 'Reply-To': 'Us <reply@mail.example>' })],
    silent: [mailTalk({ From: 'reply@mail.example' }), mailTalk({ 'Reply-To': 'noreply@mail.example' })],
  },
  {
    indicator: anIndicator('email-subject', 'Your invoice: 4711'),
    fires: [mailTalk({ Subject: 'Your invoice: 4711' })],
    silent: [
      mailTalk({ Subject: 'Re: Your invoice: 4711' }),
      mailTalk({ Subject: 'Your invoice: 47110' }),
      mailTalk({ From: 'x@y.example' }, { body: 'Your invoice: 4711' }),
    ],
  },
  {
    indicator: anIndicator('email-attachment', 'Invoice 77.exe'),
    fires: [asAttachment('Invoice 77.exe'), asAttachment('invoice 77.EXE')],
    silent: [asAttachment('Invoice 777.exe'), asAttachment('Invoice 77.exe.txt')],
  },
  {
    indicator: anIndicator('email-x-mailer', 'The Bat! 9.1'),
    fires: [mailTalk({ 'X-Mailer': 'The Bat! 9.1' }), mailTalk({ 'x-mailer': 'The Bat! 9.1' })],
    silent: [mailTalk({ 'X-Mailer': 'The Bat! 9.11' }), mailTalk({ Subject: 'The Bat! 9.1' })],
  },
  {
    indicator: anIndicator('email-message-id', '<4711@mail.example>'),
    fires: [mailTalk({ 'Message-ID': '<4711@mail.example>' })],
    silent: [mailTalk({ 'In-Reply-To': '<4711@mail.example>' }), mailTalk({ 'Message-ID': '<47110@mail.example>' })],
  },
  {
    indicator: anIndicator('email-message-id', '4712@mail.example'),
    fires: [mailTalk({ 'Message-ID': '<4712@mail.example>' })],
    silent: [mailTalk({ 'Message-ID': '<4712@mail.example.org>' })],
  },
  {
    indicator: anIndicator('pattern-in-traffic', 'BOT|0d 0a|HELO'),
    fires: [inStream('client', 'xxBOT\r\nHELOyy'), inStream('server', 'BOT\r\nHELO')],
    silent: [inStream('client', 'BOT|0d 0a|HELO'), inStream('client', 'BOT\nHELO'), inStream('client', 'bot\r\nhelo')],
  },
];

/** Names of the talks on which the engine alerts, in order; each talk is led by a client of its own. */
async function alerted(mode: Mode, talks: ReadonlyMap<string, Conversation>): Promise<string[]> {
  const exporter = new SuricataExporter(suricataOptions.parse({ mode }), testServices());
  const { output, skipped } = await render(
    exporter,
    CASES.map(({ indicator }) => indicator),
  );
  expect(skipped).toEqual([]);
  const clients = [...talks.values()].map((talk, i) => ({ ...talk, client: `10.64.${i >> 8}.${i & 255}` }));
  const alerts = alertsOn(`${inFolder(output.files)}/misp.rules`, writeConversations(clients));
  const hosts = new Set(alerts.flatMap((alert) => alert.hosts));
  return [...talks.keys()].filter((_, i) => hosts.has(clients[i]?.client ?? ''));
}

describe.skipIf(!SURICATA)('each form, on the engine (needs suricata)', () => {
  it.each(['rules', 'datasets'] as const)('alerts on its value and not on near misses (mode %s)', async (mode) => {
    const talks = new Map<string, Conversation>();
    for (const { indicator, fires, silent } of CASES) {
      for (const [i, talk] of fires.entries()) talks.set(`${indicatorKey(indicator)} fires ${i + 1}`, talk);
      for (const [i, talk] of silent.entries()) talks.set(`${indicatorKey(indicator)} silent ${i + 1}`, talk);
    }
    expect(await alerted(mode, talks)).toEqual([...talks.keys()].filter((name) => name.includes(' fires ')));
  });
});

describe.skipIf(!SINCE_8)('lists (needs suricata 8)', () => {
  it('say in the alert what is known of the value', async () => {
    const exporter = new SuricataExporter(suricataOptions.parse({ mode: 'datasets' }), testServices());
    const agent = anIndicator('user-agent', 'Evil "Bot"', { confidence: 80, techniques: ['T1071.001'] });
    const { output } = await render(exporter, [agent]);
    const capture = writeConversations([httpTalk('/', { headers: { 'User-Agent': agent.value } })]);
    const alerts = alertsOn(`${inFolder(output.files)}/misp.rules`, capture);
    expect(alerts.map(({ context }) => context)).toEqual([
      {
        misp: {
          title: 'Phishing wave',
          misp_kind: ['user-agent'],
          misp_event: ['11111111-1111-4111-8111-111111111111'],
          tlp: ['clear'],
          confidence_score: ['80'],
          mitre_technique_id: ['T1071.001'],
          misp_severity: ['high'],
        },
      },
    ]);
  });
});
