import type { Fields } from '../look-up.ts';

/** Addresses of nobody, in networks for tests of devices. */
export const CLIENT = '198.18.0.1';
export const SERVER = '198.19.0.1';

/** A refused login at an OpenSSH server. */
export function sshdRecord({ srcip }: Fields): string | undefined {
  return srcip && `Nov 24 10:00:00 host sshd[811]: Failed password for root from ${srcip} port 50000 ssh2`;
}

/** A request in the access log of a web server. */
export function accessRecord({ srcip }: Fields): string | undefined {
  return srcip && `${srcip} - - [24/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 512`;
}

/** A packet that iptables logged. FortiGate's URLs are in lines of another form. */
export function iptablesRecord({ srcip = CLIENT, dstip = SERVER, url }: Fields): string | undefined {
  if (url !== undefined) return undefined;
  const packet = `SRC=${srcip} DST=${dstip} LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=0 DF PROTO=TCP SPT=50000 DPT=50001`;
  return `Nov 24 10:00:00 host kernel: IN=eth0 OUT=eth1 ${packet}`;
}

/** A request in Squid's access.log; blanks would end the field. */
export function squidRecord({ url }: Fields): string | undefined {
  if (url === undefined || /\s/.test(url)) return undefined;
  const method = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? 'GET' : 'CONNECT';
  return `1795514400.000    755 ${CLIENT} TCP_MISS/200 507 ${method} ${url} - DIRECT/${SERVER} text/html`;
}

/** A query in Unbound's log. The stock decoder leaves the final dot of names in queries for AAAA. */
export function unboundRecord({ url }: Fields): string | undefined {
  if (url === undefined) return undefined;
  const query = url.endsWith('.') ? `${url} AAAA IN` : `${url}. A IN`;
  return `Nov 24 10:00:00 host unbound: [2541:0] info: ${CLIENT} ${query}`;
}
