import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Published } from '@misp-pipeline/core';
import { testServices } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SnortExporter } from '../exporter.ts';
import { snortOptions } from '../options.ts';

const { signal } = new AbortController();

let folder: string;
let published: Published;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'snort-reload-'));
  const file = { bytes: 0, sha256: '', entries: 0 };
  published = { dir: folder, generation: '0', files: [{ ...file, path: 'misp.rules' }], previousDir: undefined };
  writeFileSync(join(folder, 'misp.rules'), '');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function reloaded(reload: object | undefined, options: object = {}, stop = signal) {
  return new SnortExporter(snortOptions.parse({ reload, ...options }), testServices()).reload(published, stop);
}

describe('a reload by the control socket', () => {
  let server: Server;
  let received: string;

  afterEach(() => server.close());

  /** A control socket that greets with its prompt, as Snort 3 does, and then says what the test wants. */
  async function listen(answer: (connection: Socket) => void): Promise<{ socket: string }> {
    const socket = join(folder, 'control');
    received = '';
    server = createServer((connection) => {
      connection.on('error', () => {});
      connection.write('o")~\n');
      connection.setEncoding('utf8').on('data', (text: string) => {
        received += text;
        answer(connection);
      });
    }).listen(socket);
    await once(server, 'listening');
    return { socket };
  }

  it('is not tried where the options name no engine', async () => {
    await listen(() => {});
    expect(await reloaded(undefined)).toBeUndefined();
    expect(received).toBe('');
  });

  it('is confirmed by the word of Snort that it is complete', async () => {
    const reload = await listen((connection) => {
      connection.write('.. reloading configuration\n.. swapping conf');
      setImmediate(() => connection.write('iguration\n== reload comp'));
      setTimeout(() => connection.write('lete\no")~\n'), 10);
    });
    expect(await reloaded(reload)).toEqual({
      engine: 'snort 3',
      method: 'control socket',
      confirmed: true,
      messages: ['the engine said `== reload complete`'],
    });
    expect(received).toBe('reload_config()\n');
  });

  it.each(['== reload failed - bad config', '== reload failed - restart required - daq', '== reload pending; retry'])(
    'is not confirmed by `%s`',
    async (answer) => {
      const reload = await listen((connection) => connection.write(`.. reloading configuration\n${answer}\n`));
      expect(await reloaded(reload)).toMatchObject({ confirmed: false, messages: [`the engine said \`${answer}\``] });
    },
  );

  it('is not confirmed by an engine that hangs up', async () => {
    const reload = await listen((connection) => connection.end('.. reloading \u001b[31mconfiguration\n'));
    const report = await reloaded(reload);
    expect(report).toMatchObject({ confirmed: false });
    expect(report?.messages[0]).toMatch(/^the engine went away, .*; it said `o"\)~ \.\. reloading \[31mconf/);
  });

  it('is not confirmed by an engine that says nothing of the end', async () => {
    const reload = await listen((connection) => connection.write('.. reloading configuration\n'));
    const report = await reloaded({ ...reload, timeout: 0.1 });
    expect(report?.confirmed).toBe(false);
    expect(report?.messages[0]).toContain('took more than 0.1 seconds');
  });

  it('is not confirmed when a file is missing, which Snort takes for an empty list', async () => {
    const reload = await listen((connection) => connection.write('== reload complete\n'));
    rmSync(join(folder, 'misp.rules'));
    expect(await reloaded(reload)).toMatchObject({
      confirmed: false,
      messages: [`\`misp.rules\` is missing from \`${folder}\``, 'the engine said `== reload complete`'],
    });
  });

  it('throws when nobody listens', async () => {
    await listen(() => {});
    await expect(reloaded({ socket: join(folder, 'other') })).rejects.toThrow(/no Snort can be reached .*ENOENT/);
  });

  it('throws the reason of the signal when that aborts', async () => {
    const stop = new AbortController();
    const reload = await listen(() => stop.abort(new Error('enough')));
    await expect(reloaded(reload, {}, stop.signal)).rejects.toThrow('enough');
  });
});

describe('a reload by SIGHUP', () => {
  const PROGRAM = fileURLToPath(new URL('../../testing/fake-sensor.mjs', import.meta.url));
  let sensor: ChildProcess | undefined;

  afterEach(() => {
    sensor?.kill('SIGKILL');
    sensor = undefined;
  });

  async function start(...answer: readonly string[]): Promise<{ pidFile: string; log: string }> {
    const files = { pidFile: join(folder, 'pid'), log: join(folder, 'log') };
    writeFileSync(files.log, '== reload complete\n');
    sensor = spawn(process.execPath, [PROGRAM, files.pidFile, files.log, ...answer], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (sensor.stdout !== null) await once(sensor.stdout, 'data');
    return files;
  }

  it.each<[3 | 2, string]>([
    [3, '== reload complete'],
    [2, '--== Reload Complete ==--'],
  ])('is confirmed by the log of Snort %i', async (version, line) => {
    const report = await reloaded(await start(`${line}\n`), { version });
    expect(report).toMatchObject({
      engine: version === 3 ? 'snort 3' : 'snort 2.9',
      method: 'SIGHUP',
      confirmed: true,
    });
  });

  it('is not confirmed by what the log said before, nor by a failure', async () => {
    const report = await reloaded(await start('== reload failed - bad config\n'));
    expect(report).toMatchObject({ confirmed: false, messages: ['the engine said `== reload failed - bad config`'] });
  });

  it('is not confirmed when the process ends', async () => {
    const report = await reloaded(await start('ERROR: misp.rules:3 bad\n', 'end'));
    expect(report?.confirmed).toBe(false);
    expect(report?.messages[0]).toContain('it said `.. reloading configuration ERROR: misp.rules:3 bad`');
  });

  it('throws when there is no process to tell', async () => {
    const files = await start('');
    writeFileSync(files.pidFile, '-1\n');
    await expect(reloaded(files)).rejects.toThrow('holds "-1", which is not the number of a process');
    writeFileSync(files.pidFile, '4194305\n');
    await expect(reloaded(files)).rejects.toThrow('no process 4194305 runs');
  });
});

describe('the options of a reload', () => {
  it.each([{}, { pidFile: '/p' }, { socket: '/s', pidFile: '/p', log: '/l' }, { socket: '/s', log: '/l' }])(
    'refuse %j',
    (reload) => {
      expect(() => snortOptions.parse({ reload })).toThrow('give `socket`, or `pidFile` and `log`');
    },
  );
});
