import { join } from 'node:path';
import type { ExporterVerification, IndicatorKind, VerifyReport } from '@misp-pipeline/core';
import { knownDigests } from '@misp-pipeline/traffic';
import { beforeAll, describe, expect, it } from 'vitest';
import { cli, emptyFolder } from '../support/cli.ts';
import { writeConfig } from '../support/config.ts';
import { SIGMA, SIGMA_BIN, SURICATA } from '../support/engines.ts';
import { writeFeed } from '../support/event.ts';

const EVENT = '11111111-1111-4111-8111-111111111111';

/** One value of each type that says itself what it looks like in traffic or logs. */
const VALUES = {
  'ip-src': '203.0.113.8',
  'ip-dst': '203.0.113.128/26',
  'ip-src|port': '203.0.113.10|4444',
  'ip-dst|port': '2001:db8:4::7|443',
  domain: 'evil.example',
  'domain|ip': 'evil-pair.example|203.0.113.50',
  hostname: 'c2.bad-host.example',
  'hostname|port': 'c3.bad-host.example|8080',
  url: 'http://urlbad.example/mal/Pay.php?id=7',
  uri: '/gate_v3.php?bot=1',
  'user-agent': 'Mozilla/4.0 (Evil; Bot 1.0)',
  'http-method': 'PROPFIND',
  cookie: 'session=9f8e7d6c5b4a',
  'filename|md5': 'Invoice_77.exe|0123456789abcdef0123456789abcdef',
  filename: 'Updater_v3_evil.scr',
  'email-src': 'bad@evilmail.example',
  'email-dst': 'drop@evildrop.example',
  'email-subject': 'Your invoice 4711',
  'email-attachment': 'Invoice_78.exe',
  'email-x-mailer': 'Evil Mailer 2.0',
  'email-message-id': '<4711.evil@evilmail.example>',
  'email-reply-to': 'reply@evilmail.example',
  regkey: 'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\EvilUpdater',
  mutex: 'Global\\4f3a-evil-updater',
  'named pipe': '\\\\.\\pipe\\evil-updater',
  'windows-service-name': 'EvilUpdaterSvc',
  'pattern-in-traffic': 'EVILBOT-HELLO-4711',
};

/** MISP types of the digests that the drill knows a source of. */
const DIGEST_TYPES: Readonly<Partial<Record<IndicatorKind, string>>> = {
  md5: 'md5',
  sha1: 'sha1',
  sha256: 'sha256',
  ja3: 'ja3-fingerprint-md5',
  ja4: 'ja4-plus',
  hassh: 'hassh-md5',
  hasshserver: 'hasshserver-md5',
  'x509-md5': 'x509-fingerprint-md5',
  'x509-sha1': 'x509-fingerprint-sha1',
  'x509-sha256': 'x509-fingerprint-sha256',
};

const attributes = [
  ...Object.entries(VALUES).map(([type, value]) => ({ type, value })),
  ...knownDigests().flatMap(({ kind, value }) => {
    const type = DIGEST_TYPES[kind];
    return type === undefined ? [] : [{ type, value }];
  }),
];

let folder: string;
let report: VerifyReport;
let code: number | null;

beforeAll(async () => {
  folder = emptyFolder();
  writeFeed(join(folder, 'feed'), [{ uuid: EVENT, attributes }]);
  const options = { sigma: { engine: { command: [SIGMA_BIN] } } };
  writeConfig(folder, { feed: join(folder, 'feed'), options });
  const run = await cli(['run'], { cwd: folder });
  if (run.code !== 0) throw new Error(run.stderr);
  const verified = await cli(['verify', '--json', '--sample', 'all'], { cwd: folder });
  code = verified.code;
  report = JSON.parse(verified.stdout);
});

function verificationOf(id: string): ExporterVerification {
  const found = report.exporters.find((exporter) => exporter.id === id);
  if (found === undefined) throw new Error(`no word of ${id}`);
  return found;
}

/** Kinds of which a detection was proven. */
function provenKinds({ kinds }: ExporterVerification): string[] {
  return Object.entries(kinds).flatMap(([kind, { proven }]) => (proven > 0 ? [kind] : []));
}

describe('misp-pipeline verify over one event that holds every type', () => {
  it('ends with 0, since nothing fails', () => {
    const failures = report.exporters.flatMap(({ failed, benignHits }) => [...failed, ...benignHits]);
    expect(failures).toEqual([]);
    expect(code).toBe(0);
  });

  it.skipIf(!SURICATA)('proves the detections of Suricata (needs suricata)', () => {
    const suricata = verificationOf('suricata');
    console.table(suricata.kinds);
    expect(suricata).toMatchObject({ state: 'drilled', drilled: suricata.exported, benignHits: [] });
    expect(provenKinds(suricata)).toEqual(
      expect.arrayContaining([
        ...['ipv4', 'ipv6', 'cidr', 'domain', 'hostname', 'url', 'uri', 'user-agent', 'cookie', 'ja3', 'ja4', 'hassh'],
        ...['x509-md5', 'x509-sha1', 'x509-sha256', 'md5', 'sha1', 'sha256', 'email-src', 'email-dst'],
        ...['email-subject', 'email-attachment', 'email-x-mailer', 'email-message-id', 'email-reply-to'],
      ]),
    );
  });

  it.skipIf(!SIGMA)('proves the detections of Sigma (needs sigma-cli)', () => {
    const sigma = verificationOf('sigma');
    console.table(sigma.kinds);
    expect(sigma).toMatchObject({ state: 'drilled', drilled: sigma.exported, benignHits: [] });
    expect(provenKinds(sigma)).toEqual(
      expect.arrayContaining([
        ...['ipv4', 'ipv6', 'cidr', 'domain', 'hostname', 'url', 'user-agent', 'md5', 'sha1', 'sha256'],
        ...['filename', 'regkey', 'named-pipe', 'service-name'],
      ]),
    );
  });

  it.each(['snort', 'wazuh'])('says of %s that its engine is not here, or proves it', (id) => {
    expect(['engine-absent', 'drilled']).toContain(verificationOf(id).state);
  });

  it('says what it is not asked for, and what it does not know', async () => {
    const { stdout } = await cli(['verify', '--json', '--sample', '1', '--exporter', 'wazuh'], { cwd: folder });
    expect(JSON.parse(stdout).exporters.map(({ id }: ExporterVerification) => id)).toEqual(['wazuh']);
    const unknown = await cli(['verify', '--exporter', 'zeek'], { cwd: folder });
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('no exporter `zeek`') });
    const sample = await cli(['verify', '--sample', '0'], { cwd: folder });
    expect(sample).toMatchObject({ code: 2, stderr: expect.stringContaining('Write a number above 0') });
  });
});
