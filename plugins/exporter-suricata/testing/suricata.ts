import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The engine; another version can be named in the environment. */
const PROGRAM = process.env.SURICATA ?? 'suricata';

const version = spawnSync(PROGRAM, ['-V'], { encoding: 'utf8' });
export const SURICATA = version.status === 0;
/** Whether it is Suricata 8 or later, which knows more than 7. */
export const SINCE_8 = SURICATA && Number(/version (\d+)/.exec(version.stdout)?.[1]) >= 8;

export interface Verdict {
  readonly accepted: boolean;
  readonly loaded: number;
  readonly failed: number;
  /** Lines that are warnings or errors. */
  readonly complaints: readonly string[];
}

/** Writes files, given by path, into a new folder and returns its path. */
export function inFolder(files: ReadonlyMap<string, { readonly text: string }>): string {
  const folder = mkdtempSync(join(tmpdir(), 'suricata-rules-'));
  for (const [path, { text }] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** What the engine says of a rule file under its packaged configuration. */
export function testRules(file: string): Verdict {
  return test('-S', file);
}

/** What the engine says of a configuration and its rules. */
export function testConfig(file: string): Verdict {
  return test('-c', file);
}

function test(...what: readonly string[]): Verdict {
  const log = mkdtempSync(join(tmpdir(), 'suricata-log-'));
  const args = ['-T', '-v', '-l', log, ...what];
  const { status, stdout, stderr } = spawnSync(PROGRAM, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const lines = `${stdout}${stderr}`.split('\n');
  const counts = /(\d+) rules successfully loaded, (\d+) rules failed/.exec(lines.join('\n'));
  return {
    accepted: status === 0,
    loaded: Number(counts?.[1] ?? 0),
    failed: Number(counts?.[2] ?? 0),
    complaints: lines.filter((line) => /^(W|E|Warning|Error): |<(Warning|Error)>/.test(line)),
  };
}

/** An alert, and the hosts between which it was raised. */
export interface Alert {
  readonly signature: string;
  readonly hosts: readonly string[];
  /** What a list with context says of the value, on Suricata 8. */
  readonly context: unknown;
}

/** The alerts that the rules raise on a capture. */
export function alertsOn(rules: string, capture: string): Alert[] {
  return alertsWith(['-S', rules], capture);
}

/** The alerts that a configuration and its rules raise on a capture. */
export function alertsUnder(config: string, capture: string): Alert[] {
  return alertsWith(['-c', config], capture);
}

function alertsWith(what: readonly string[], capture: string): Alert[] {
  const log = mkdtempSync(join(tmpdir(), 'suricata-log-'));
  spawnSync(PROGRAM, [...what, '-r', capture, '-l', log, '-k', 'none'], { stdio: 'ignore' });
  const events = join(log, 'eve.json');
  if (!existsSync(events)) throw new Error(`no events were written for ${capture}`);
  const lines = readFileSync(events, 'utf8').split('\n');
  return lines.filter((line) => line.includes('"event_type":"alert"')).map(alertOf);
}

interface AlertEvent {
  readonly src_ip: string;
  readonly dest_ip: string;
  readonly alert: { readonly signature: string; readonly context?: unknown };
}

function alertOf(line: string): Alert {
  const { src_ip, dest_ip, alert }: AlertEvent = JSON.parse(line);
  return { signature: alert.signature, hosts: [src_ip, dest_ip], context: alert.context };
}

/** Messages of the alerts that the rules raise on a capture. */
export function replay(rules: string, capture: string): string[] {
  return alertsOn(rules, capture).map(({ signature }) => signature);
}
