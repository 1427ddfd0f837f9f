import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { candidatesOf } from '@misp-pipeline/misp';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from './alert.ts';
import { readSuricata } from './suricata.ts';
import { MOST_VALUES } from './values-at.ts';
import { readWazuh } from './wazuh.ts';

const observedIn = (reading: Reading) =>
  typeof reading === 'string' ? [] : reading.observed.map(({ field, sight, value }) => `${field} ${sight} ${value}`);

const suricataAlert = (fields: object) =>
  JSON.stringify({
    timestamp: '2026-11-24T10:00:00.5+0100',
    event_type: 'alert',
    alert: { signature_id: 5 },
    ...fields,
  });

const wazuhAlert = (fields: object) =>
  JSON.stringify({
    timestamp: '2026-11-24T10:00:00.123+0000',
    rule: { id: '110020', level: 10, description: 'MISP: DNS query for listed name evil.example' },
    ...fields,
  });

describe('readSuricata', () => {
  it('takes the time, the sid and both ends with their ports from the alert', () => {
    const reading = readSuricata(suricataAlert({ src_ip: '10.0.0.1', src_port: 4, dest_ip: '2001:0db8::0001' }));
    expect(reading).toEqual({
      ...{ engine: 'suricata', time: 1_795_510_800, rule: 5, says: '' },
      observed: [
        { field: 'dest_ip', value: '2001:0db8::0001', sight: 'address', direction: 'destination', port: undefined },
        { field: 'src_ip', value: '10.0.0.1', sight: 'address', direction: 'source', port: 4 },
      ],
    });
  });

  it('finds names in the forms of Suricata 7 and 8, and puts URLs together', () => {
    const http = { hostname: 'a.example', url: '/x?y', http_port: 8080 };
    const dns = { query: [{ rrname: 'seven.example' }], queries: [{ rrname: 'eight.example' }] };
    expect(
      observedIn(readSuricata(suricataAlert({ dns, http, tls: { sni: 's.example', ja3: { hash: 'j' } } }))),
    ).toEqual([
      'dns.query.rrname host seven.example',
      'dns.queries.rrname host eight.example',
      'http.hostname host a.example',
      'http.url uri /x?y',
      'tls.sni host s.example',
      'tls.ja3.hash ja3 j',
      'http url http://a.example:8080/x?y',
    ]);
  });

  it('finds files and the addresses of mails', () => {
    const smtp = { mail_from: '"A" <a@example.org>', rcpt_to: ['<b@example.org>', 'c@example.org'] };
    expect(observedIn(readSuricata(suricataAlert({ files: [{ filename: '/d/x.exe', sha256: 'ab' }], smtp })))).toEqual([
      'files.sha256 hash ab',
      'files.filename file x.exe',
      'smtp.mail_from mail-from a@example.org',
      'smtp.rcpt_to mail-to b@example.org',
      'smtp.rcpt_to mail-to c@example.org',
    ]);
  });

  it('passes over records that are no alerts', () => {
    expect(readSuricata('{"event_type":"dns"}')).toBe('other');
    expect(readSuricata('{"event_type":"anomaly","x":"alert"}')).toBe('other');
  });
});

describe('readWazuh', () => {
  it('finds decoded fields, nested or with dots in their names, and those of file integrity monitoring', () => {
    const data = {
      'id.orig_h': '10.0.0.1',
      id: { resp_h: '192.0.2.1' },
      win: { eventdata: { hashes: 'MD5=AA,SHA256=BB' } },
    };
    const reading = readWazuh(wazuhAlert({ data, syscheck: { path: 'C:\\x\\y.exe', sha1_after: 'cc' } }));
    expect(reading).toMatchObject({ engine: 'wazuh', rule: 110_020, time: 1_795_514_400 });
    expect(observedIn(reading)).toEqual([
      'id.resp_h address 192.0.2.1',
      'id.orig_h address 10.0.0.1',
      'win.eventdata.hashes hash AA',
      'win.eventdata.hashes hash BB',
      'sha1_after hash cc',
      ...['C:\\x\\y.exe', 'y.exe'].flatMap((path) => [`path file ${path}`, `path registry ${path}`]),
    ]);
  });

  it('reads the words of a log line of which nothing was decoded', () => {
    const log = 'kernel: IN=eth0 SRC=10.0.0.1 DST=192.0.2.1 query "evil.example"';
    expect(observedIn(readWazuh(wazuhAlert({ full_log: log })))).toContain('full_log url 192.0.2.1');
  });
});

describe('hostile lines', () => {
  const readers = [readSuricata, readWazuh];

  it.each([
    '',
    'null',
    '[]',
    '{"alert":',
    '{"event_type":"alert","alert":null}',
    suricataAlert({ timestamp: 'yesterday' }),
    suricataAlert({ alert: { signature_id: 'x' } }),
    wazuhAlert({ rule: { id: {} } }),
    `{"x":"alert","y":${'['.repeat(200_000)}`,
  ])('are counted, whatever they are: %.40s', (line) => {
    for (const read of readers) expect(['other', 'malformed']).toContain(read(line));
  });

  it('observe a bounded number of values of bounded length', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => ({ rrname: `n${i}.example` }));
    const reading = readSuricata(suricataAlert({ dns: { query: many }, tls: { sni: 'x'.repeat(100_000) } }));
    expect(observedIn(reading).length).toBeLessThanOrEqual(MOST_VALUES + 3);
  });

  it('do not reach what objects inherit', () => {
    const line = '{"timestamp":"2026-11-24T10:00:00Z","rule":{"id":"1"},"data":{"__proto__":{"url":"a.example"}}}';
    expect(observedIn(readWazuh(line))).toEqual([]);
  });

  it('never throw', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (json, text) => {
        for (const read of readers)
          for (const line of [
            json,
            text,
            `${text}"alert"`,
            `{"event_type":"alert","alert":${json}}`,
            `{"rule":${json}}`,
          ])
            expect(() => read(line)).not.toThrow();
      }),
    );
  });
});

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const derived = join(data, 'logs', 'wazuh-derived');

describe.skipIf(!existsSync(derived))('real Sysmon records as Wazuh decodes them (needs the data folder)', () => {
  it('show values that are readable as indicators', () => {
    for (const file of readdirSync(derived).filter((name) => /sysmon-(1|3|22)\./.test(name))) {
      for (const line of readFileSync(join(derived, file), 'utf8').split('\n').slice(0, 200)) {
        if (line === '') continue;
        const record: { data?: unknown } = JSON.parse(line);
        const reading = readWazuh(wazuhAlert({ data: record.data ?? record }));
        if (typeof reading === 'string') throw new Error(line);
        const readable = reading.observed.filter(({ value }) => candidatesOf(value).length > 0);
        expect(readable.length, line.slice(0, 300)).toBeGreaterThan(0);
      }
    }
  });
});
