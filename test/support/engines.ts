import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './cli.ts';

export const SURICATA = spawnSync('suricata', ['-V']).status === 0;

export const SIGMA_BIN = process.env.SIGMA_CLI ?? `${ROOT}.cache/sigma/bin/sigma`;

export const SIGMA = existsSync(SIGMA_BIN);

export interface SuricataVerdict {
  readonly accepted: boolean;
  readonly loaded: number;
  /** Lines that are warnings or errors. */
  readonly complaints: readonly string[];
}

/** What `suricata -T` says of a rule file with nothing configured. */
export function testRules(file: string): SuricataVerdict {
  const log = mkdtempSync(join(tmpdir(), 'suricata-'));
  const { status, stdout, stderr } = spawnSync('suricata', ['-T', '-v', '-S', file, '-l', log], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const lines = `${stdout}${stderr}`.split('\n');
  const loaded = lines
    .map((line) => /(\d+) rules successfully loaded/.exec(line)?.[1])
    .find((count) => count !== undefined);
  const complaints = lines.filter((line) => /^(W|E|Warning|Error): |<(Warning|Error)>/.test(line));
  return { accepted: status === 0, loaded: Number(loaded ?? 0), complaints };
}

export interface Alert {
  readonly sid: number;
  readonly message: string;
}

/** Alerts that the rules raise on a capture. */
export function replay(rules: string, capture: string): Alert[] {
  const log = mkdtempSync(join(tmpdir(), 'suricata-'));
  execFileSync('suricata', ['-S', rules, '-r', capture, '-l', log, '-k', 'none'], { stdio: 'ignore' });
  const events = execFileSync('cat', [join(log, 'eve.json')], { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\n');
  return events
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { event_type: string; alert?: { signature_id: number; signature: string } })
    .flatMap(({ alert }) => (alert === undefined ? [] : [{ sid: alert.signature_id, message: alert.signature }]));
}

/** Runs sigma-cli; throws with its output when it fails. */
export function sigma(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(SIGMA_BIN, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`sigma ${args.join(' ')} ended with ${status}\n${stdout}\n${stderr}`);
  return stdout;
}
