import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { FaultAt } from '@misp-pipeline/core';
import type { ServeOptions } from '@misp-pipeline/serve';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Io } from '../io.ts';
import { type ServedConfig, serveConfig } from './serve.ts';

const LIMITS = {
  body: 1e6,
  values: 1000,
  length: 4096,
  lines: 1e6,
  details: 100,
  answer: 1e7,
  connections: 99,
  timeout: 9,
};
const SERVE: ServeOptions = {
  ...{ listen: '127.0.0.1:0', tokens: {}, max: 'amber', unmarked: 'amber', rate: 6000, auditValues: false },
  limits: LIMITS,
};
const SCRIPT = `
  const { serveConfig } = await import(${JSON.stringify(import.meta.resolve('./serve.ts'))});
  const { runCommand } = await import(${JSON.stringify(import.meta.resolve('../run-command.ts'))});
  const options = { logLevel: 'info', logFormat: 'json' };
  process.exitCode = await runCommand(options, (context) => serveConfig(context, { ...JSON.parse(process.argv[1]), faultAt: String }, {}));`;

let state: string;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'misp-pipeline-'));
});

afterEach(() => rmSync(state, { recursive: true }));

/** The command as a process of its own, run from the sources. */
function start(config: Omit<ServedConfig, 'faultAt'>): { child: ChildProcess; lines: AsyncIterator<string> } {
  const options = ['--conditions=source', '--input-type=module', '--eval', SCRIPT, JSON.stringify(config)];
  const child = spawn(process.execPath, options, { stdio: ['ignore', 'ignore', 'pipe'] });
  return { child, lines: createInterface(child.stderr)[Symbol.asyncIterator]() };
}

async function lineWith(lines: AsyncIterator<string>, text: string): Promise<string> {
  for (;;) {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`the log ended without \`${text}\``);
    if (value.includes(text)) return value;
  }
}

describe('serve', () => {
  it('answers while there is no index yet, and ends in order on SIGTERM', async () => {
    const { child, lines } = start({ name: 'test', state, index: undefined, serve: SERVE });
    const { url, pipeline } = JSON.parse(await lineWith(lines, 'look-ups are answered'));
    expect(pipeline).toBe('test');
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    expect(await (await fetch(`${url}/lookup?value=evil[.]example`)).json()).toMatchObject({ status: 503 });
    expect(JSON.parse(await lineWith(lines, '"audit":true'))).toMatchObject({ code: 503, values: 0 });
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it.each([
    ['no address', { ...SERVE, listen: 'everywhere' }, 'c.yaml:7 serve.listen: is no address and port'],
    [
      'a public address without tokens',
      { ...SERVE, listen: '0.0.0.0:0' },
      'c.yaml:7 serve.tokens: other machines reach',
    ],
  ])('refuses %s', async (_what, serve, fault) => {
    const context = { io: new Io(), options: { logLevel: 'error' }, signal: AbortSignal.abort() };
    const faultAt: FaultAt = (path, message) => `c.yaml:7 ${path}: ${message}`;
    const config = { name: 'test', state, index: undefined, serve, faultAt };
    await expect(serveConfig(context, config, {})).rejects.toThrow(fault);
  });
});
