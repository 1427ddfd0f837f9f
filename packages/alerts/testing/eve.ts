/** A line of an EVE log: an alert of a rule on a name that was looked up. */
export function dnsAlert(sid: number, name: string, time = '2026-11-24T10:00:01.000000+0000'): string {
  return JSON.stringify({
    ...{
      timestamp: time,
      event_type: 'alert',
      src_ip: '10.1.2.3',
      src_port: 50_000,
      dest_ip: '10.9.9.9',
      dest_port: 53,
    },
    ...{ host: 'sensor-7.corp.internal', proto: 'UDP' },
    alert: { action: 'allowed', gid: 1, signature_id: sid, rev: 1, signature: `MISP domain ${name}` },
    dns: { query: [{ type: 'query', rrname: name, rrtype: 'A' }] },
  });
}
