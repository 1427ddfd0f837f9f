import { describe, expect, it } from 'vitest';
import { ID_BLOCK } from '../options.ts';
import { RULES_OF_LOOK_UP } from '../pattern.ts';
import { LOG_SOURCES } from './all.ts';

const LOOK_UPS = LOG_SOURCES.flatMap(({ id, lookUps }) => lookUps.map((lookUp) => ({ source: id, ...lookUp })));

/** Numbers that a look-up takes, with those of its rules that look inside of values. */
function numbersOf({ id, list, inside }: (typeof LOOK_UPS)[number]): readonly number[] {
  const exact = list.lookup === 'match_key' ? [id, id + 1] : [id];
  const patterns = inside === undefined ? [] : Array.from({ length: RULES_OF_LOOK_UP }, (_, i) => inside.id + i);
  return [...exact, ...patterns];
}

describe('numbers of rules', () => {
  it('belong to one look-up each and lie in the block, also those of rules that may come', () => {
    const groupings = LOG_SOURCES.flatMap(({ grouping }) => (grouping === undefined ? [] : [grouping.id]));
    const numbers = [...LOOK_UPS.flatMap(numbersOf), ...groupings];
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(Math.max(...numbers)).toBeLessThan(ID_BLOCK - 1);
  });

  it('mean for ever what they meant when they were published', () => {
    const meanings = LOOK_UPS.map(({ id, source, field, list }) => `${id} ${source} ${field} ${list.name}`);
    const published = [
      '0 suricata http.url misp-url',
      '2 suricata http.hostname misp-url-root',
      '4 suricata http.url misp-url-path',
      '10 suricata fileinfo.sha256 misp-hash',
      '12 suricata fileinfo.sha1 misp-hash',
      '14 suricata fileinfo.md5 misp-hash',
      '20 suricata dns.rrname misp-domain',
      '22 suricata misp.dns_query misp-domain',
      '24 suricata tls.sni misp-domain',
      '26 suricata http.hostname misp-domain',
      '30 suricata http.http_user_agent misp-user-agent',
      '40 suricata dest_ip misp-ip-dst',
      '42 suricata src_ip misp-ip-src',
      '44 suricata dest_ip misp-net-dst',
      '46 suricata src_ip misp-net-src',
      '100 sysmon win.eventdata.hashes misp-hash-sysmon',
      '110 sysmon win.eventdata.queryName misp-domain',
      '112 sysmon win.eventdata.destinationHostname misp-domain',
      '120 sysmon win.eventdata.destinationIp misp-ip-dst',
      '122 sysmon win.eventdata.sourceIp misp-ip-src',
      '200 fim sha256 misp-hash',
      '202 fim sha1 misp-hash',
      '204 fim md5 misp-hash',
      '220 sshd srcip misp-ip-src',
      '240 web srcip misp-ip-src',
      '300 windows win.eventdata.ipAddress misp-ip-src',
      '320 squid url misp-url',
      '322 squid url misp-connect',
      '340 dns url misp-domain',
      '342 dns url misp-domain-dot',
      '402 zeek uri misp-url',
      '420 zeek query misp-domain',
      '440 zeek id.resp_h misp-ip-dst',
    ];
    expect(published.filter((meaning) => !meanings.includes(meaning))).toEqual([]);
  });
});
