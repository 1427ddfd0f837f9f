import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { candidatesOf } from '@misp-pipeline/misp';
import { startLoopback } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../../serve/src/index.ts';
import { aToken, LOOPBACK, OPTIONS, tokenText } from '../../../serve/testing/service.ts';
import { aKnownIndicator, MemoryIndex } from '../../testing/memory-index.ts';
import { SIGHTS } from '../sights.ts';
import { readWazuh } from '../wazuh.ts';

const INTEGRATION = fileURLToPath(new URL('../../../../deploy/wazuh-integration', import.meta.url));
const PYTHON = spawnSync('python3', ['-V']).status === 0;

/** Node has no datagram sockets of Unix. */
const QUEUE = `
import socket, sys
queue = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
queue.bind(sys.argv[1])
print('ready', flush=True)
while True:
    print(queue.recv(1 << 20).decode(), flush=True)`;

const origin = { source: 'cert', attribute: 'a' };
const EVIL = aKnownIndicator(
  {
    kind: 'domain',
    value: 'evil.example',
    artefacts: [{ exporter: 'wazuh', file: 'lists/misp-domain', id: undefined }],
  },
  origin,
);
const RED = aKnownIndicator({ kind: 'domain', value: 'red.example' }, origin);
const KNOWN = [
  EVIL,
  { ...RED, origins: RED.origins.map((one) => ({ ...one, tlp: 'red' as const })) },
  aKnownIndicator({ kind: 'filename', value: '203.0.113.7' }, origin),
];

let home: string;
let queue: ChildProcess;
let messages: AsyncIterator<string>;
let service: RunningServer | undefined;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'wazuh-'));
  for (const folder of ['integrations', 'logs', 'etc', 'queue/sockets'])
    mkdirSync(join(home, folder), { recursive: true });
  for (const file of ['custom-misp-pipeline', 'custom-misp-pipeline.py'])
    copyFileSync(join(INTEGRATION, file), join(home, 'integrations', file));
  queue = spawn('python3', ['-c', QUEUE, join(home, 'queue/sockets/queue')], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (queue.stdout === null) throw new Error('the queue has a pipe');
  messages = createInterface(queue.stdout)[Symbol.asyncIterator]();
  if (PYTHON) await messages.next();
});

afterEach(async () => {
  queue.kill('SIGKILL');
  await service?.close();
  service = undefined;
  rmSync(home, { recursive: true });
});

async function serve(tokens = {}): Promise<string> {
  service = await startServer({
    ...{ options: { ...OPTIONS, max: 'red', tokens }, address: LOOPBACK, insecureHttp: false },
    ...{
      index: new MemoryIndex(...KNOWN),
      readingsOf: candidatesOf,
      clock: { now: () => new Date(0) },
      logger: SILENT,
      faultAt: (path, message) => `${path}: ${message}`,
    },
  });
  return service.url;
}

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, child: () => SILENT };

/** Runs the integration as the integrator does; its exit code. */
async function integrate(alert: string | object, ...rest: readonly string[]): Promise<unknown> {
  const file = join(home, 'a.alert');
  writeFileSync(file, typeof alert === 'string' ? alert : JSON.stringify(alert));
  const child = spawn(join(home, 'integrations/custom-misp-pipeline'), [file, ...rest], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code;
}

function anAlert(data: object, more: object = {}): object {
  return { id: '1795521600.123', rule: { id: '86601' }, agent: { id: '000', name: 'manager' }, data, ...more };
}

/** What comes after the place in the next message. */
async function nextMessage(): Promise<{ place: string; told: Record<string, unknown> }> {
  const { value } = await messages.next();
  const at = value.indexOf(':{');
  return { place: value.slice(0, at), told: JSON.parse(value.slice(at + 1)) };
}

const log = () => readFileSync(join(home, 'logs/integrations.log'), 'utf8');

describe.skipIf(!PYTHON)('the integration for Wazuh (needs python3)', () => {
  it('tells what is known of the values of an alert', async () => {
    const url = await serve();
    expect(await integrate(anAlert({ tls: { sni: 'www.evil.example' }, dest_ip: '203.0.113.7' }), '', url)).toBe(0);
    const { place, told } = await nextMessage();
    expect(place).toBe('1:misp-pipeline');
    expect(told).toMatchObject({
      integration: 'misp-pipeline',
      misp_pipeline: {
        source: { alert_id: '1795521600.123', rule_id: '86601' },
        ...{ field: 'tls.sni', observed: 'www.evil.example', relation: 'parent-domain' },
        ...{ kind: 'domain', value: 'evil.example', verdict: 'live', tlp: 'unmarked', shortened: 'no' },
        matches: [{ events: [{ uuid: 'e' }], artefacts: [{ exporter: 'wazuh', file: 'lists/misp-domain' }] }],
      },
    });
    expect(log()).toContain('alert 1795521600.123: 2 values asked for, 1 told');
    expect(log()).not.toContain('evil');
  });

  it('names the agent of the alert, in the form that Wazuh reads', async () => {
    const agent = { id: '007', name: 'a|b:c', ip: '10.0.0.7' };
    await integrate(anAlert({ query: 'evil.example' }, { agent }), await serve());
    expect((await nextMessage()).place).toBe('1:[007] (a||b|:c) 10.0.0.7->misp-pipeline');
  });

  it('sends the token of its file, and only when nobody else can read it', async () => {
    const url = await serve({ siem: aToken('siem', { max: 'amber' }) });
    const token = join(home, 'etc/misp-pipeline.token');
    writeFileSync(token, `${tokenText('siem')}\n`);
    chmodSync(token, 0o644);
    await integrate(anAlert({ query: 'evil.example' }), 'key', url);
    expect(log()).toContain('is open to everybody');
    chmodSync(token, 0o640);
    await integrate(anAlert({ query: 'evil.example' }), 'key', url, 'debug');
    expect((await nextMessage()).told).toMatchObject({ misp_pipeline: { value: 'evil.example' } });
    expect(log()).not.toContain(tokenText('siem'));
  });

  it('tells nothing of what is red, of annotations, and of what nobody knows', async () => {
    const url = await serve();
    await integrate(anAlert({ query: 'red.example' }), url);
    await integrate(anAlert({ query: 'evil.example', integration: 'misp-pipeline' }), url);
    await integrate(anAlert({ query: 'good.example' }), url);
    await integrate(anAlert({ query: 'evil.example' }), url);
    expect((await nextMessage()).told).toMatchObject({ misp_pipeline: { value: 'evil.example' } });
    expect(log().split('\n')).toHaveLength(2);
  });

  it.each([
    ['no JSON', '{"data":{"query":"evil.example"'],
    ['nested too deep', `${'['.repeat(200_000)}`],
    ['no object', '["evil.example"]'],
    ['too large', `"${'a'.repeat(1 << 20)}"`],
    ['no file at all', ''],
  ])('ends well with an alert that is %s', async (_what, text) => {
    expect(await integrate(text, await serve())).toBe(0);
    expect(log()).toContain('warning: the alert');
    expect(log()).not.toContain('evil');
  });

  it('leaves out values that are none, and keeps to one message', async () => {
    const query = ['a'.repeat(65_536), '\u0000\u001b[31m.evil.example', '', ...Array(500).fill('evil.example')];
    const rule = { id: '1'.repeat(70_000), description: 'x' };
    expect(
      await integrate(anAlert({ query, dns: { query: [{ rrname: 'a.evil.example' }] } }, { rule }), await serve()),
    ).toBe(0);
    const { told } = await nextMessage();
    expect(JSON.stringify(told).length).toBeLessThan(60_000);
  });

  it.each([
    ['refuses', 'http://127.0.0.1:1', 'the service cannot be asked: Connection refused'],
    ['is another machine without TLS', 'http://lookup.example.org', 'needs https'],
    ['is no address', 'http://[', 'is no address'],
  ])('says so when the service %s', async (_what, url, text) => {
    expect(await integrate(anAlert({ query: 'evil.example' }), '', url)).toBe(0);
    expect(log()).toContain(text);
  });

  it.each([
    ['a redirection', 302, ''],
    ['no JSON', 200, 'evil.example'],
    ['no list', 200, '{"answers":7}'],
    ['answers of another form', 200, '{"answers":[{"indicators":[{}]}]}'],
  ])('ends well when the service answers with %s', async (_what, status, body) => {
    const server = await startLoopback((_request, response) => {
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(body);
    });
    expect(await integrate(anAlert({ query: 'evil.example' }), server.url)).toBe(0);
    await server.close();
    expect(log()).toMatch(/warning|error/);
    expect(log()).not.toContain('evil');
  });

  it('ends well when Wazuh does not listen', async () => {
    rmSync(join(home, 'queue/sockets/queue'));
    expect(await integrate(anAlert({ query: 'evil.example' }), await serve())).toBe(0);
    expect(log()).toContain('does not take the message: No such file or directory');
  });

  it('reads the fields that alerts of Wazuh are read by, as the same kinds', () => {
    const code = `import importlib.util, json
spec = importlib.util.spec_from_file_location('it', ${JSON.stringify(join(INTEGRATION, 'custom-misp-pipeline.py'))})
it = importlib.util.module_from_spec(spec); spec.loader.exec_module(it)
print(json.dumps({'data': it.FIELDS, 'syscheck': it.INTEGRITY}))`;
    const { stdout } = spawnSync('python3', ['-B', '-c', code], { encoding: 'utf8' });
    const sections = Object.entries<Record<string, readonly string[]>>(JSON.parse(stdout));
    for (const [section, fields] of sections)
      for (const [field, kinds] of Object.entries(fields))
        expect([field, kindsRead(section, field)]).toEqual([field, [...kinds].sort()]);
  });
});

/** Kinds as which a field of an alert is read. */
function kindsRead(section: string, field: string): readonly string[] {
  const alert = { timestamp: '2026-11-24T10:00:00Z', rule: { id: '1' }, [section]: { [field]: 'a' } };
  const reading = readWazuh(JSON.stringify(alert));
  if (typeof reading === 'string') throw new Error(`the alert is ${reading}`);
  const read = reading.observed.filter((one) => one.field === field).flatMap(({ sight }) => SIGHTS[sight]);
  return [...new Set<string>(read)].sort();
}
