import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const SURICATA = spawnSync('suricata', ['-V']).status === 0;

/** Whatever can be seen is switched on, and files have any size. */
const CONFIG = `%YAML 1.1
---
stream:
  reassembly: { depth: 0 }
app-layer:
  protocols:
    dns:
      udp: { enabled: yes, detection-ports: { dp: 53 } }
      tcp: { enabled: yes, detection-ports: { dp: 53 } }
    http:
      enabled: yes
      libhtp: { default-config: { request-body-limit: 0, response-body-limit: 0 } }
    tls: { enabled: yes, ja3-fingerprints: yes, ja4-fingerprints: yes }
    quic: { enabled: yes }
    smtp: { enabled: yes, mime: { decode-mime: yes } }
    ssh: { enabled: yes, hassh: yes }
outputs:
  - eve-log:
      enabled: yes
      filename: eve.json
      types:
        - alert
        - dns
        - http
        - tls: { extended: yes, ja3: on, ja4: on }
        - quic
        - ssh
        - smtp
        - files: { force-hash: [md5, sha1, sha256] }
`;

export interface EveEvent {
  readonly event_type: string;
  readonly src_ip: string;
  readonly dest_ip: string;
  readonly alert?: { readonly signature_id: number };
  readonly dns?: { readonly rrname?: string };
  readonly http?: { readonly hostname?: string };
  readonly tls?: {
    readonly sni?: string;
    readonly fingerprint?: string;
    readonly ja4?: string;
    readonly subject?: string;
  };
  readonly quic?: { readonly sni?: string; readonly ja4?: string };
  readonly ssh?: { readonly client?: { readonly hassh?: { readonly hash: string } } };
  readonly smtp?: { readonly mail_from?: string };
  readonly email?: { readonly attachment?: readonly string[] };
  readonly fileinfo?: { readonly sha256?: string };
}

/** What the engine logs of a capture, in a folder that may be written to. */
export function replay(folder: string, capture: string, rules: readonly string[] = []): readonly EveEvent[] {
  const [config, ruleFile] = [join(folder, 'suricata.yaml'), join(folder, 'test.rules')];
  writeFileSync(config, CONFIG);
  writeFileSync(ruleFile, `${rules.join('\n')}\n`);
  const args = ['-c', config, '-S', ruleFile, '-r', capture, '-l', folder];
  const { status, stdout, stderr } = spawnSync('suricata', args, { encoding: 'utf8' });
  const refused = /^E: .*/m.exec(`${stdout}${stderr}`);
  if (status !== 0 || refused !== null) throw new Error(refused?.[0] ?? stderr);
  const lines = readFileSync(join(folder, 'eve.json'), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}

/** An address as the engine writes it: of IPv6 every digit. */
export function longForm(address: string): string {
  if (!address.includes(':')) return address;
  const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = new Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...zeros, ...tail].map((group) => group.padStart(4, '0')).join(':');
}
