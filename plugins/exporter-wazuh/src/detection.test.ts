import type { Indicator } from '@misp-pipeline/core';
import { anIndicator, render, testServices } from '@misp-pipeline/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DecodedEvent } from '../testing/decoded-event.ts';
import { Manager } from '../testing/manager.ts';
import { wazuhOptions } from './options.ts';
import plugin from './plugin.ts';

const SHA256 = '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f';
const MD5 = '44d88612fea8a8f36de82e1278abb02f';

const INDICATORS: readonly Indicator[] = [
  anIndicator('ipv4', '203.0.113.7', { direction: 'destination' }),
  anIndicator('ipv4', '203.0.113.8', { direction: 'source', severity: 'low' }),
  anIndicator('ipv4', '203.0.113.9', { port: 4443, direction: 'destination' }),
  anIndicator('ipv6', '2001:db8::7', { severity: 'medium' }),
  anIndicator('cidr', '198.51.100.0/23', { direction: 'destination' }),
  anIndicator('cidr', '192.0.2.128/30', { severity: 'low' }),
  anIndicator('domain', 'evil.example', { severity: 'low' }),
  anIndicator('hostname', 'c2.bad.example'),
  anIndicator('hostname', 'c2.bad.example', { port: 8443 }),
  anIndicator('url', 'http://drop.example/stage2.bin?id=1'),
  anIndicator('url', 'http://root.example/'),
  anIndicator('url', 'http://other.example:8080/stage3.bin'),
  anIndicator('url', 'http://shared.example/u/evil', { sharedHost: true }),
  anIndicator('sha256', SHA256),
  anIndicator('md5', MD5, { severity: 'low' }),
  anIndicator('user-agent', 'Mozilla/4.0 (compatible; MSIE 6.1; rv:11.0)'),
];

let manager: Manager;

beforeAll(async () => {
  const { output } = await render(plugin.create(wazuhOptions.parse({}), testServices()), INDICATORS);
  manager = new Manager(output);
});

const eve = (event: object) => manager.alertOnEve(JSON.stringify({ timestamp: '2026-11-24T00:00:00Z', ...event }));
const http = (hostname: string, url: string, more = {}) =>
  eve({ event_type: 'http', http: { hostname, url, ...more } });
const log = (groups: readonly string[], fields: DecodedEvent['fields']) => manager.alert({ groups, fields });

describe('a listed address', () => {
  it('alerts as the target of traffic that Suricata saw', () => {
    expect(eve({ event_type: 'flow', dest_ip: '203.0.113.7' })).toMatch(/high severity: traffic to listed address/);
  });

  it('does not alert in the other direction, nor its neighbour', () => {
    expect(eve({ event_type: 'flow', src_ip: '203.0.113.7' })).toBeUndefined();
    expect(eve({ event_type: 'flow', dest_ip: '203.0.113.8' })).toBeUndefined();
    expect(eve({ event_type: 'flow', dest_ip: '203.0.113.70' })).toBeUndefined();
    expect(eve({ event_type: 'flow', dest_ip: '203.0.113.6' })).toBeUndefined();
  });

  it('alerts as the origin of a login and of a web request, at the level for low severity', () => {
    expect(log(['syslog', 'sshd'], { srcip: '203.0.113.8' })).toMatch(/^MISP: SSH login from listed address/);
    expect(log(['web', 'accesslog'], { srcip: '203.0.113.8' })).toMatch(/^MISP: web request from listed/);
    expect(log(['windows', 'windows_security'], { 'win.eventdata.ipAddress': '203.0.113.8' })).toBeDefined();
    expect(log(['syslog', 'sshd'], { srcip: '203.0.113.7' })).toBeUndefined();
  });

  it('alerts in firewall logs, whatever the decoder calls the field', () => {
    expect(log(['firewall'], { srcip: '10.0.0.1', dstip: '203.0.113.7' })).toMatch(/at a firewall/);
    expect(log(['pfsense'], { dstip: '203.0.113.7' })).toBeDefined();
    expect(log(['fortigate', 'syslog'], { dstip: '203.0.113.7' })).toBeDefined();
    expect(log(['paloalto'], { destination_address: '203.0.113.7' })).toBeDefined();
    expect(log(['paloalto'], { source_address: '203.0.113.7' })).toBeUndefined();
  });

  it('alerts in each spelling of IPv6, at the level for medium severity', () => {
    const full = '2001:0db8:0000:0000:0000:0000:0000:0007';
    expect(eve({ event_type: 'tls', dest_ip: full })).toMatch(/^MISP: traffic to/);
    const sysmon = { 'win.eventdata.destinationIp': '2001:db8:0:0:0:0:0:7' };
    expect(log(['sysmon', 'sysmon_event3'], sysmon)).toBeDefined();
    expect(log(['firewall'], { srcip: '2001:db8::7' })).toBeDefined();
    expect(log(['firewall'], { srcip: '2001:db8::70' })).toBeUndefined();
  });

  it('alerts on a connection that a stock detection has taken', () => {
    const connection = { 'win.eventdata.destinationIp': '203.0.113.7' };
    expect(log(['sysmon', 'sysmon_eid3_detections'], connection)).toBeDefined();
  });

  it('with a port alerts in a tunnel to that port only', () => {
    expect(eve({ event_type: 'flow', dest_ip: '203.0.113.9', dest_port: 4443 })).toBeUndefined();
    expect(log(['squid'], { url: '203.0.113.9:4443' })).toMatch(/tunnel to listed target/);
    expect(log(['squid'], { url: '203.0.113.9:443' })).toBeUndefined();
  });
});

describe('a listed network', () => {
  it('alerts on its first and last address, and not beside it', () => {
    for (const dest_ip of ['198.51.100.0', '198.51.101.255']) {
      expect(eve({ event_type: 'flow', dest_ip })).toMatch(/in a listed network/);
    }
    expect(eve({ event_type: 'flow', dest_ip: '198.51.99.255' })).toBeUndefined();
    expect(eve({ event_type: 'flow', dest_ip: '198.51.102.0' })).toBeUndefined();
    expect(eve({ event_type: 'flow', src_ip: '198.51.100.1' })).toBeUndefined();
  });

  it('alerts on the addresses of a small one', () => {
    expect(log(['sshd'], { srcip: '192.0.2.131' })).toBeDefined();
    expect(log(['sshd'], { srcip: '192.0.2.132' })).toBeUndefined();
  });
});

describe('a listed name', () => {
  it('alerts in DNS, TLS and HTTP that Suricata saw', () => {
    expect(eve({ event_type: 'dns', dns: { rrname: 'evil.example' } })).toMatch(/^MISP: DNS query for listed name/);
    expect(eve({ event_type: 'tls', tls: { sni: 'www.evil.example' } })).toMatch(/TLS connection/);
    expect(http('c2.bad.example', '/x')).toMatch(/^MISP, high severity: HTTP request to listed host/);
  });

  it('alerts in DNS events of Suricata 8, which list queries', () => {
    const dns = (rrname: string) => ({ version: 3, type: 'request', queries: [{ rrname, rrtype: 'A' }] });
    expect(eve({ event_type: 'dns', dns: dns('c2.bad.example') })).toMatch(/DNS query for listed name/);
    expect(eve({ event_type: 'dns', dns: dns('d2.bad.example') })).toBeUndefined();
  });

  it('alerts in queries that Sysmon, BIND and Unbound log', () => {
    expect(log(['sysmon_event_22'], { 'win.eventdata.queryName': 'c2.bad.example' })).toBeDefined();
    expect(log(['named'], { url: 'c2.bad.example' })).toBeDefined();
    expect(log(['unbound'], { url: 'c2.bad.example' })).toBeDefined();
    expect(log(['unbound'], { url: 'c2.bad.example.' })).toBeDefined();
  });

  it('does not alert as part of another', () => {
    for (const rrname of ['evil.example.org', 'notevil.example', 'xn--evil.example', 'example', 'd2.bad.example']) {
      expect(eve({ event_type: 'dns', dns: { rrname } })).toBeUndefined();
    }
    expect(eve({ event_type: 'dns', dns: { rrname: 'www.c2.bad.example' } })).toBeUndefined();
  });

  it('alerts in tunnels to HTTPS, and to its own port only when it has one', () => {
    expect(log(['squid'], { url: 'evil.example:443' })).toBeDefined();
    expect(log(['squid'], { url: 'evil.example:8443' })).toBeUndefined();
    expect(log(['squid'], { url: 'c2.bad.example:8443' })).toBeDefined();
  });
});

describe('a listed URL', () => {
  it('alerts on host and path together', () => {
    expect(http('drop.example', '/stage2.bin?id=1')).toMatch(/listed URL requested: .* on /);
    expect(http('drop.example', '/stage2.bin?id=2')).toBeUndefined();
    expect(http('drop.example', '/stage2.bin')).toBeUndefined();
    expect(http('drop.example', '/')).toBeUndefined();
    expect(http('fine.example', '/stage2.bin?id=1')).toBeUndefined();
  });

  it('alerts on a root page, and on no other page of that host', () => {
    expect(http('root.example', '/')).toMatch(/root page/);
    expect(http('root.example', '/index.html')).toBeUndefined();
    expect(eve({ event_type: 'tls', tls: { sni: 'root.example' } })).toBeUndefined();
  });

  it('alerts as a whole in the logs of proxies', () => {
    expect(log(['squid'], { url: 'http://other.example:8080/stage3.bin' })).toBeDefined();
    expect(log(['squid'], { url: 'http://other.example/stage3.bin' })).toBeUndefined();
    expect(log(['fortigate'], { url: 'http://drop.example/stage2.bin?id=1' })).toBeDefined();
    expect(http('drop.example', 'http://drop.example/stage2.bin?id=1')).toMatch(/from a proxy/);
  });

  it('on a shared host alerts only as a whole', () => {
    expect(log(['squid'], { url: 'http://shared.example/u/evil' })).toBeDefined();
    expect(http('shared.example', '/stage2.bin?id=1')).toBeUndefined();
    expect(http('shared.example', '/')).toBeUndefined();
  });

  it('does not alert in the log of the own web server, whose paths are others', () => {
    expect(log(['web', 'accesslog'], { srcip: '10.0.0.1', url: '/stage2.bin?id=1' })).toBeUndefined();
  });
});

describe('a listed file', () => {
  it('alerts on the network, on disk and in Sysmon with a single algorithm', () => {
    expect(eve({ event_type: 'fileinfo', fileinfo: { sha256: SHA256 } })).toMatch(/on the network/);
    expect(manager.alert({ sid: 554, fields: { file: '/tmp/x', md5: MD5, sha256: '0' } })).toMatch(
      /^MISP: listed file/,
    );
    const hashes = { 'win.eventdata.hashes': `SHA256=${SHA256.toUpperCase()}` };
    expect(log(['sysmon', 'sysmon_event1'], hashes)).toBeDefined();
    expect(log(['sysmon', 'sysmon_event7'], hashes)).toBeDefined();
  });

  it('does not alert with one digit changed', () => {
    const changed = SHA256.replace(/.$/, '0');
    expect(eve({ event_type: 'fileinfo', fileinfo: { sha256: changed } })).toBeUndefined();
    expect(manager.alert({ sid: 550, fields: { sha256: changed } })).toBeUndefined();
  });
});

describe('a listed user agent', () => {
  it('alerts as a whole, with a colon in it', () => {
    const http_user_agent = 'Mozilla/4.0 (compatible; MSIE 6.1; rv:11.0)';
    expect(http('fine.example', '/', { http_user_agent })).toMatch(/user agent/);
    expect(http('fine.example', '/', { http_user_agent: `${http_user_agent} ` })).toBeUndefined();
  });
});

describe('Zeek', () => {
  const zeek = (fields: DecodedEvent['fields']) =>
    manager.alert({ decoder: 'json', fields: { uid: 'CHhAvVGS1DHFjwGM9', 'id.orig_h': '10.0.0.1', ...fields } });

  it('alerts on addresses, names, URLs and files', () => {
    expect(zeek({ 'id.resp_h': '203.0.113.7' })).toBeDefined();
    expect(zeek({ 'id.orig_h': '203.0.113.8' })).toBeDefined();
    expect(zeek({ query: 'evil.example' })).toBeDefined();
    expect(zeek({ server_name: 'c2.bad.example' })).toBeDefined();
    expect(zeek({ host: 'drop.example', uri: '/stage2.bin?id=1' })).toBeDefined();
    expect(zeek({ host: 'root.example', uri: '/' })).toBeDefined();
    expect(zeek({ sha256: SHA256 })).toBeDefined();
  });

  it('leaves other events alone, also other JSON', () => {
    expect(zeek({ 'id.resp_h': '203.0.113.8', query: 'fine.example' })).toBeUndefined();
    expect(manager.alert({ decoder: 'json', fields: { query: 'evil.example' } })).toBeUndefined();
  });
});
