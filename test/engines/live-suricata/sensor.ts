import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SURICATA } from '../../support/engines.ts';
import { CLIENT, lookUp } from './traffic.ts';

const NET_RAW = 13n;

function mayCapture(): boolean {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const capabilities = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  return capabilities !== undefined && ((BigInt(`0x${capabilities}`) >> NET_RAW) & 1n) === 1n;
}

/** Whether a Suricata can watch the loopback device here. */
export const LIVE = SURICATA && mayCapture();

/** Whether it is a Suricata before 8, whose lists are of values only. */
export const BEFORE_8 =
  LIVE && Number(/version (\d+)/.exec(spawnSync('suricata', ['-V'], { encoding: 'utf8' }).stdout)?.[1]) < 8;

const SENTINEL = 'sentinel.example';
const POLL = 20;

/** A running Suricata that watches the traffic of this process on the loopback device. */
export class LiveSensor {
  readonly #process: ChildProcess;
  readonly #folder: string;
  #printed = '';

  private constructor(folder: string) {
    this.#folder = folder;
    const args = ['-c', join(folder, 'suricata.yaml'), '--af-packet=lo', '-k', 'none', '-l', folder, `host ${CLIENT}`];
    this.#process = spawn('suricata', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#printed += text;
      });
    }
  }

  /**
   * Starts one in `folder`, where its socket `suricata.socket` is, that includes a published configuration beside a rule
   * file of its own.
   */
  static async start(folder: string, include: string): Promise<LiveSensor> {
    writeFileSync(join(folder, 'suricata.yaml'), configOf(folder, include));
    const rule = `alert dns any any -> any any (msg:"${SENTINEL}"; dns.query; content:"${SENTINEL}"; sid:1; rev:1;)`;
    writeFileSync(join(folder, 'site.rules'), `${rule}\n`);
    const sensor = new LiveSensor(folder);
    await sensor.#until(() => sensor.#printed.includes('Engine started'));
    return sensor;
  }

  /** Messages of the alerts on what `traffic` sends. */
  async alertsOn(traffic: () => Promise<void>): Promise<string[]> {
    const before = this.#alerts().length;
    await traffic();
    // One thread looks at one packet after the other: what comes before the sentinel's alert is all there is.
    await lookUp(SENTINEL);
    const fresh = () => this.#alerts().slice(before);
    await this.#until(() => fresh().includes(SENTINEL));
    return fresh().filter((message) => message !== SENTINEL);
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }

  #alerts(): string[] {
    const log = join(this.#folder, 'eve.json');
    if (!existsSync(log)) return [];
    const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1);
    return lines.map((line): string => JSON.parse(line).alert.signature);
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.#process.exitCode !== null) throw new Error(`suricata ended:\n${this.#printed}`);
      await sleep(POLL);
    }
  }
}

function configOf(folder: string, include: string): string {
  return `%YAML 1.1
---
default-rule-path: ${folder}
rule-files:
  - site.rules
unix-command:
  enabled: yes
  filename: ${folder}/suricata.socket
outputs:
  - eve-log:
      enabled: yes
      filename: eve.json
      types:
        - alert
logging:
  default-log-level: notice
  outputs:
    - console:
        enabled: yes
stats:
  enabled: no
af-packet:
  - interface: lo
    threads: 1
app-layer:
  protocols:
    quic:
      enabled: yes
include: ${include}
`;
}
