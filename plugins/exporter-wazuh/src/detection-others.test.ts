import { anIndicator, render, testServices } from '@misp-pipeline/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { Manager } from '../testing/manager.ts';
import { wazuhOptions } from './options.ts';
import plugin from './plugin.ts';

const SHA256 = '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f';

describe('what is listed besides', () => {
  const PATH = 'C:\\Users\\Public\\A & B\\evil.exe';
  const KEY = 'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\updater';
  let others: Manager;

  beforeAll(async () => {
    const { output } = await render(plugin.create(wazuhOptions.parse({}), testServices()), [
      anIndicator('uri', '/gate.php'),
      anIndicator('cookie', 'id=9f8e7d'),
      anIndicator('ja3', 'e7d705a3286e19ea42f587b344ee6865'),
      anIndicator('ja4', 't13d1516h2_8daaf6152771_e5627efa2ab1'),
      anIndicator('hassh', 'ec7378c1a92f5a8dde7e8b7a1ddf33d1'),
      anIndicator('x509-sha1', 'f5ccb1a724133607548b00d8eb402efca3076d58'),
      anIndicator('x509-sha256', SHA256),
      anIndicator('filename', PATH),
      anIndicator('filename', '/tmp/evil'),
      anIndicator('filename', 'invoice.pdf.exe'),
      anIndicator('email-src', 'sender@evil.example'),
      anIndicator('email-dst', 'victim@corp.example'),
      anIndicator('email-subject', 'Your invoice'),
      anIndicator('regkey', KEY),
      anIndicator('regkey', 'HKLM\\SOFTWARE\\Policies\\Updater'),
      anIndicator('named-pipe', 'updater'),
      anIndicator('process-name', 'updater.exe'),
      anIndicator('service-name', 'UpdaterSvc'),
      anIndicator('imphash', 'f34d5f2d4577ed6d9ceec516c1f5a744'),
    ]);
    others = new Manager(output);
  });

  const event = (fields: object) => others.alertOnEve(JSON.stringify({ timestamp: '2026-11-24T00:00:00Z', ...fields }));
  const sysmon = (eventID: number, eventdata: object) =>
    others.alertOnSysmon(JSON.stringify({ win: { system: { eventID }, eventdata } }));

  it('alerts in Suricata on paths, cookies and fingerprints', () => {
    expect(event({ event_type: 'http', http: { hostname: 'a.example', url: '/gate.php' } })).toMatch(/listed path/);
    expect(event({ event_type: 'http', http: { hostname: 'a.example', url: '/gate.php?' } })).toBeUndefined();
    expect(event({ event_type: 'http', http: { cookie: 'id=9f8e7d' } })).toMatch(/cookie/);
    const ja3 = { hash: 'e7d705a3286e19ea42f587b344ee6865' };
    expect(event({ event_type: 'tls', tls: { ja3 } })).toMatch(/JA3/);
    expect(event({ event_type: 'quic', quic: { ja3 } })).toMatch(/QUIC client with listed JA3/);
    expect(event({ event_type: 'tls', tls: { ja4: 't13d1516h2_8daaf6152771_e5627efa2ab1' } })).toMatch(/JA4/);
    const hassh = { hash: 'ec7378c1a92f5a8dde7e8b7a1ddf33d1' };
    expect(event({ event_type: 'ssh', ssh: { client: { hassh } } })).toMatch(/HASSH/);
    expect(event({ event_type: 'ssh', ssh: { server: { hassh } } })).toBeUndefined();
    const fingerprint = 'f5:cc:b1:a7:24:13:36:07:54:8b:00:d8:eb:40:2e:fc:a3:07:6d:58';
    expect(event({ event_type: 'tls', tls: { fingerprint } })).toMatch(/certificate/);
  });

  it('alerts in mail on sender, first recipient, subject and attachment', () => {
    const smtp = { mail_from: '<sender@evil.example>', rcpt_to: ['<a@corp.example>'] };
    expect(event({ event_type: 'smtp', smtp })).toMatch(/listed sender/);
    expect(event({ event_type: 'smtp', smtp: { rcpt_to: ['<victim@corp.example>', '<b@corp.example>'] } })).toMatch(
      /listed recipient/,
    );
    expect(event({ event_type: 'smtp', smtp: { rcpt_to: ['<evictim@corp.example>'] } })).toBeUndefined();
    expect(event({ event_type: 'smtp', email: { subject: 'Your invoice' } })).toMatch(/listed subject/);
    expect(event({ event_type: 'fileinfo', fileinfo: { filename: 'invoice.pdf.exe' } })).toMatch(/listed file name/);
  });

  it('alerts in Zeek on certificates', () => {
    const certificate = { fingerprint: SHA256, 'certificate.serial': '01' };
    expect(others.alert({ decoder: 'json', fields: certificate })).toMatch(/certificate/);
    expect(others.alert({ decoder: 'json', fields: { fingerprint: SHA256 } })).toBeUndefined();
  });

  it('alerts on files by their whole path, as each log spells it', () => {
    expect(sysmon(11, { targetFilename: PATH })).toMatch(/listed file/);
    expect(sysmon(11, { targetFilename: PATH.replace('evil', 'fine') })).toBeUndefined();
    expect(others.alert({ sid: 554, fields: { file: PATH.toLowerCase() } })).toMatch(/listed file/);
    expect(others.alert({ sid: 554, fields: { file: '/tmp/evil' } })).toMatch(/listed file/);
    expect(others.alert({ sid: 554, fields: { file: '/tmp/evil2' } })).toBeUndefined();
  });

  it('alerts in Sysmon on registry keys, pipes, programs and import hashes', () => {
    expect(sysmon(13, { targetObject: KEY })).toMatch(/registry key/);
    expect(sysmon(13, { targetObject: `${KEY}2` })).toBeUndefined();
    expect(sysmon(13, { targetObject: KEY.replace('Software', 'SOFTWARE') })).toMatch(/registry key/);
    expect(sysmon(13, { targetObject: KEY.replace('Software', 'software') })).toBeUndefined();
    expect(sysmon(17, { pipeName: '\\updater' })).toMatch(/listed pipe/);
    expect(sysmon(1, { originalFileName: 'updater.exe' })).toMatch(/listed program/);
    expect(sysmon(7, { hashes: 'IMPHASH=F34D5F2D4577ED6D9CEEC516C1F5A744' })).toMatch(/listed file/);
  });

  it('alerts on registry keys in file integrity monitoring, and on new services', () => {
    const file = KEY.replace('HKLM', 'HKEY_LOCAL_MACHINE');
    expect(others.alert({ sid: 750, fields: { file } })).toMatch(/registry key/);
    const policy = 'HKEY_LOCAL_MACHINE\\Software\\Policies\\Updater';
    expect(others.alert({ sid: 750, fields: { file: policy } })).toMatch(/registry key/);
    const service = { 'win.eventdata.serviceName': 'UpdaterSvc' };
    expect(others.alert({ sid: 61138, fields: service })).toMatch(/listed service/);
    const security = (eventID: string) =>
      others.alert({ groups: ['windows_security'], fields: { ...service, 'win.system.eventID': eventID } });
    expect(security('4697')).toMatch(/listed service/);
    expect(security('4769')).toBeUndefined();
  });
});
