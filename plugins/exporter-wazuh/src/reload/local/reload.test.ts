import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReloadReport } from '@misp-pipeline/core';
import { testServices } from '@misp-pipeline/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aFolder, published, type Texts, write } from '../../../testing/published.ts';
import { TEXTS } from '../../../testing/told-manager.ts';
import { wazuhOptions } from '../../options.ts';
import plugin from '../../plugin.ts';
import { ANALYSISD_SOCKET } from './analysisd-socket.ts';

const MODEL = fileURLToPath(new URL('../../../testing/model-analysisd.ts', import.meta.url));
const { signal } = new AbortController();

/** The folder of a manager that has files; lists are declared and compiled. */
function aHome(texts: Texts = TEXTS): string {
  const lists = Object.keys(texts).filter((path) => path.startsWith('lists/'));
  const home = write(aFolder(), {
    ...Object.fromEntries(Object.entries(texts).map(([path, text]) => [`etc/${path}`, text])),
    ...Object.fromEntries(lists.map((path) => [`etc/${path}.cdb`, 'compiled'])),
    'etc/ossec.conf': `<ruleset>${lists.map((path) => `<list>etc/${path}</list>`).join('')}</ruleset>`,
  });
  mkdirSync(join(home, 'etc/shared'));
  return home;
}

/** A running analysisd, which answers what it is told to. Returns what it was sent. */
async function anAnalysisd(home: string, answer: Buffer | string): Promise<unknown[]> {
  const received: unknown[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes: Buffer) => {
      expect(bytes.readUInt32LE()).toBe(bytes.length - 4);
      received.push(JSON.parse(bytes.toString('utf8', 4)));
      if (typeof answer !== 'string') return socket.end(answer);
      // In pieces, as a socket may hand it on.
      for (const byte of framed(answer)) socket.write(Buffer.of(byte));
    });
  });
  const path = join(home, ANALYSISD_SOCKET);
  mkdirSync(dirname(path), { recursive: true });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return received;
}

function framed(text: string): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt32LE(Buffer.byteLength(text));
  return Buffer.concat([header, Buffer.from(text)]);
}

const OK = JSON.stringify({ error: 0, message: 'ok', data: [] });

function tell(home: string, options: object = {}, previousDir?: string): Promise<ReloadReport | undefined> {
  const check = [process.execPath, MODEL, '-t', '-D', home];
  const reload = { local: { home, check, timeout: 30, ...options } };
  const exporter = plugin.create(wazuhOptions.parse({ reload }), testServices());
  return exporter.reload?.(published(TEXTS, previousDir), signal) ?? Promise.resolve(undefined);
}

describe('reload of a manager on this machine', () => {
  it('checks the files, and tells analysisd by its socket', async () => {
    const home = aHome();
    const received = await anAnalysisd(home, OK);
    expect(await tell(home)).toEqual({
      ...{ engine: 'wazuh', method: 'unix socket', confirmed: true },
      messages: ['analysisd has read its ruleset anew'],
    });
    expect(received).toEqual([{ version: 1, origin: { module: 'misp-pipeline' }, command: 'reload-ruleset' }]);
  });

  it('removes what was compiled of its lists, also of those that are gone, and of no other', async () => {
    const home = aHome({ ...TEXTS, 'lists/misp-old': 'x:low\n', 'lists/audit-keys': 'x:\n' });
    rmSync(join(home, 'etc/lists/misp-old'));
    await anAnalysisd(home, OK);
    const previous = write(aFolder(), { ...TEXTS, 'lists/misp-old': 'x:low\n' });
    expect(await tell(home, {}, previous)).toMatchObject({ confirmed: true });
    const compiled = ['misp-ja3', 'misp-old', 'audit-keys'].map((list) =>
      existsSync(join(home, `etc/lists/${list}.cdb`)),
    );
    expect(compiled).toEqual([false, false, true]);
  });

  it('tells nobody when the manager has other files than those that are published', async () => {
    const home = aHome({ ...TEXTS, 'lists/misp-ja3': 'other:low\n' });
    const received = await anAnalysisd(home, OK);
    const report = await tell(home);
    expect(report).toMatchObject({ confirmed: false });
    expect(report?.messages).toEqual([`\`${home}/etc\` does not have the published \`lists/misp-ja3\``]);
    expect(received).toEqual([]);
  });

  it('tells nobody when the manager would leave rules out', async () => {
    const home = aHome();
    writeFileSync(join(home, 'etc/ossec.conf'), '<ruleset></ruleset>');
    const received = await anAnalysisd(home, OK);
    const report = await tell(home);
    expect(report?.confirmed).toBe(false);
    expect(report?.messages[0]).toMatch(/^the lines of `ossec.conf.snippet.xml` have to stand/);
    expect(report?.messages[1]).toMatch(/\(7616\): List 'etc\/lists\/[\w-]+' could not be loaded. Rule '11\d{4}'/);
    expect(received).toEqual([]);
  });

  it('does not confirm what analysisd does not take, or takes in part', async () => {
    const refusing = aHome();
    await anAnalysisd(refusing, JSON.stringify({ error: 1, message: 'due', data: ['(1226): Error reading XML file'] }));
    expect(await tell(refusing)).toMatchObject({
      confirmed: false,
      messages: ['analysisd keeps what it ran before', 'due', '(1226): Error reading XML file'],
    });
    const blind = "(7617): Signature ID '1' was not found and will be ignored in the 'if_sid' option of rule '110140'.";
    const warning = aHome();
    await anAnalysisd(warning, JSON.stringify({ error: 0, message: 'ok', data: ["(7612): Rule ID '9'", blind] }));
    expect(await tell(warning)).toMatchObject({ confirmed: false, messages: [blind] });
  });

  it.each([
    ['no JSON', framed('no'), /did not answer as it should: .*JSON/],
    ['nothing', Buffer.alloc(0), /closed the connection without an answer/],
    ['half an answer', framed(OK).subarray(0, 9), /closed the connection without an answer/],
    ['too much', Buffer.from('ffffffff', 'hex'), /an answer of \d+ bytes, which is too long/],
  ])('does not confirm when analysisd answers %s', async (_what, answer, message) => {
    const home = aHome();
    await anAnalysisd(home, answer);
    expect(await tell(home)).toMatchObject({ confirmed: false, messages: [expect.stringMatching(message)] });
  });

  it('throws when analysisd or its program is not there', async () => {
    const home = aHome();
    await expect(tell(home)).rejects.toThrow(/queue\/sockets\/analysis`: .*ENOENT/);
    await expect(tell(home, { check: [join(home, 'absent')] })).rejects.toThrow(
      `there is no program \`${home}/absent\``,
    );
  });

  it('restarts with a command where it is told to', async () => {
    const home = aHome();
    const restarted = join(home, 'restarted');
    const restart = [process.execPath, '-e', `require('node:fs').writeFileSync(${JSON.stringify(restarted)}, 'yes')`];
    expect(await tell(home, { restart })).toMatchObject({ method: 'restart', confirmed: true });
    expect(readFileSync(restarted, 'utf8')).toBe('yes');
    const failing = [process.execPath, '-e', "console.error('did not start'); process.exitCode = 1"];
    expect(await tell(home, { restart: failing })).toMatchObject({
      confirmed: false,
      messages: ['the restart ended with 1', 'did not start'],
    });
  });
});

describe('the option `reload`', () => {
  it('names one way', () => {
    expect(wazuhOptions.safeParse({ reload: {} }).success).toBe(false);
    const api = { url: 'https://wazuh.example:55000', user: 'wazuh', password: 'x' };
    expect(wazuhOptions.safeParse({ reload: { api, local: {} } }).success).toBe(false);
    expect(wazuhOptions.safeParse({ reload: { api } }).success).toBe(true);
    expect(wazuhOptions.safeParse({ reload: { api: { ...api, url: 'https://a:b@wazuh.example' } } }).success).toBe(
      false,
    );
  });
});
