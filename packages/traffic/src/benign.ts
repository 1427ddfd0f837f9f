import { PLAIN_SSH } from './known/ssh.ts';
import type { Listed } from './listed.ts';
import { type Probe, Probes } from './probe/probe.ts';
import { lookUp } from './scene/dns.ts';
import { transfers } from './scene/file.ts';
import { fetchPage } from './scene/http.ts';
import { exchange } from './scene/ip.ts';
import { sendMail } from './scene/mail.ts';
import { openSsh } from './scene/ssh.ts';
import { openQuic, openTls } from './scene/tls.ts';

/** Top sites, content delivery networks, update servers, mail and time services. */
const NAMES: readonly string[] = [
  'www.google.com',
  'www.youtube.com',
  'www.facebook.com',
  'www.wikipedia.org',
  'www.amazon.com',
  'www.microsoft.com',
  'login.microsoftonline.com',
  'outlook.office365.com',
  'www.apple.com',
  'github.com',
  'raw.githubusercontent.com',
  'www.cloudflare.com',
  'cdn.jsdelivr.net',
  'cdnjs.cloudflare.com',
  'd111111abcdef8.cloudfront.net',
  'example.blob.core.windows.net',
  'storage.googleapis.com',
  'fonts.gstatic.com',
  'a1.g.akamai.net',
  'ctldl.windowsupdate.com',
  'www.debian.org',
  'pool.ntp.org',
  'ocsp.digicert.com',
  'smtp.gmail.com',
];

/** Names that look like others: of one letter more, of another top-level domain, with hyphens and in A-labels. */
const LOOK_ALIKES: readonly string[] = ['wvvw.example', 'micros0ft.test', 'xn--pple-43d.test', 'update-service.test'];

/** Public resolvers. */
const ADDRESSES: readonly string[] = [
  '1.1.1.1',
  '8.8.8.8',
  '9.9.9.9',
  '2606:4700:4700::1111',
  '2001:4860:4860::8888',
  '2620:fe::fe',
];

/** Plain traffic in which nothing may fire. What is listed all the same is left out. */
export function benignProbes(listed: Listed): readonly Probe[] {
  const probes = new Probes(listed);
  for (const name of [...NAMES, ...LOOK_ALIKES].filter((name) => listed.isFreeName(name))) {
    probes.miss('plain', lookUp(name, listed), lookUp(name, listed, { type: 'AAAA', edns: true, transport: 'tcp' }));
    probes.miss('plain', fetchPage(listed, { host: name }), openTls(listed, { name }), openQuic(listed, { name }));
  }
  for (const address of ADDRESSES.filter((address) => listed.isFreeAddress(address))) {
    probes.miss('plain', exchange({ address }, 'icmp', 'client'), exchange({ address, port: 853 }, 'tcp', 'client'));
    probes.miss('plain', exchange({ address }, 'udp', 'client'));
  }
  const text = Buffer.from('nothing of interest\n', 'latin1');
  probes.miss('plain', sendMail(listed, 'of every day', {}), openSsh(listed, PLAIN_SSH, PLAIN_SSH));
  probes.miss('plain', ...transfers(listed, 'a file of every day', text));
  return probes.list;
}
