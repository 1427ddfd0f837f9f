import { ADDRESS_VARIABLES, PORT_VARIABLES } from '../foreign/header.ts';

/** Ports as in a packaged suricata.yaml. */
const PORTS: Readonly<Record<(typeof PORT_VARIABLES)[number], string>> = {
  HTTP_PORTS: '80',
  SHELLCODE_PORTS: '!80',
  SSH_PORTS: '22',
  FILE_DATA_PORTS: '[$HTTP_PORTS,110,143]',
  FTP_PORTS: '21',
};

/** The least that rules need, also those of others: variables. Everything else is the engine's default. */
function leastConfig(homeNetworks: readonly string[]): string {
  const addresses = ADDRESS_VARIABLES.map((name) => `    ${name}: "${addressesOf(name, homeNetworks)}"`);
  const ports = PORT_VARIABLES.map((name) => `    ${name}: "${PORTS[name]}"`);
  return `%YAML 1.1
---
stats:
  enabled: no
vars:
  address-groups:
${addresses.join('\n')}
  port-groups:
${ports.join('\n')}
`;
}

function addressesOf(name: (typeof ADDRESS_VARIABLES)[number], homeNetworks: readonly string[]): string {
  if (name === 'HOME_NET') return `[${homeNetworks.join(',')}]`;
  return name === 'EXTERNAL_NET' ? '!$HOME_NET' : '$HOME_NET';
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fd00::/8'];

/** For testing rules where the sensor's own settings are not at hand. */
export const CHECK_CONFIG = leastConfig(PRIVATE);

/** File of the alerts, in the folder that the engine writes to. */
export const ALERTS = 'alerts.json';

/**
 * For replaying captures: everything that rules look at is on and without a limit, and nothing is written but alerts. Files
 * are logged as well, into the void, since the kinds of their hashes are a setting of that log.
 */
export function replayConfig(homeNetworks: readonly string[]): string {
  return `${leastConfig(homeNetworks)}packet-alert-max: 255
outputs:
  - eve-log:
      enabled: yes
      filename: ${ALERTS}
      types:
        - alert:
            metadata: no
            tagged-packets: no
  - eve-log:
      enabled: yes
      filename: /dev/null
      types:
        - files:
            force-hash: [md5, sha1, sha256]
pcap-file:
  checksum-checks: no
app-layer:
  protocols:
    ssh:
      enabled: yes
      hassh: yes
    smtp:
      enabled: yes
      mime:
        decode-mime: yes
        decode-base64: yes
        decode-quoted-printable: yes
        header-value-depth: 2000
    http:
      enabled: yes
      libhtp:
        default-config:
          personality: IDS
          request-body-limit: 0
          response-body-limit: 0
    http2:
      enabled: yes
    quic:
      enabled: yes
    tls:
      enabled: yes
      ja3-fingerprints: yes
      ja4-fingerprints: yes
    dns:
      tcp:
        enabled: yes
        detection-ports:
          dp: 53
      udp:
        enabled: yes
        detection-ports:
          dp: 53
flow:
  memcap: 1gb
stream:
  memcap: 1gb
  reassembly:
    memcap: 1gb
    depth: 0
host:
  memcap: 1gb
ippair:
  memcap: 1gb
`;
}

/** Has the engine speak in the way that is read here, whatever the sensor's own settings are. */
export const SPEAKING = `logging:
  default-log-level: notice
  default-log-format: "%D: %S: %M"
  outputs:
    - console:
        enabled: yes
`;

/**
 * The published include file as it would be were the files found in `dir` instead of `sensorPath`. Of the rule files in it
 * nothing is heeded, since the engine is told which to load.
 */
export function includedFrom(dir: string, include: string, sensorPath: string): string {
  const inText = (path: string) => JSON.stringify(path.replace(/\/$/, '')).slice(1, -1);
  return include.replaceAll(`"${inText(sensorPath)}/`, `"${inText(dir)}/`);
}
