import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { BIN, cli } from '../support/cli.ts';
import { SAMPLE, writeConfig } from '../support/config.ts';

/**
 * What a real daemon answers to `/metrics` after a run in which something happened to each stage: records rejected,
 * indicators dropped and skipped, a guard that objected and was overruled, an engine that confirmed.
 */
export async function realMetrics(folder: string): Promise<string> {
  writeConfig(folder, {
    ...{ feed: `${SAMPLE}/feed`, warninglists: `${SAMPLE}/warninglists/lists`, exporters: ['snort'] },
    options: { snort: { afterPublish: { command: ['true'] } } },
    more: { guard: { maxAge: '1s' }, metrics: { listen: '0' }, schedule: { cron: '0 0 1 1 *' } },
  });
  const { code, stderr } = await cli(['run', '--accept', 'stale'], { cwd: folder });
  if (code !== 0) throw new Error(stderr);
  const daemon = spawn(process.execPath, [BIN, 'schedule'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    return await (await fetch(`${await urlIn(daemon.stderr)}/metrics`)).text();
  } finally {
    daemon.kill('SIGKILL');
  }
}

/** The address that a daemon logs. */
async function urlIn(log: NodeJS.ReadableStream): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface(log)) {
    lines.push(line);
    const url = /"url":"([^"]+)"/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`the daemon serves nothing: ${lines.join('\n')}`);
}

/** The metrics that a text in Prometheus's format has values of; a histogram has its buckets, its sum and its count. */
export function metricsServed(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/^misp_pipeline_\w+/gm)].map(([name]) => name));
}

/** The metrics that an expression names. */
export function metricsIn(expression: string): string[] {
  return expression.match(/\bmisp_pipeline_\w+/g) ?? [];
}
