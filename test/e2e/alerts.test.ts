import { type ChildProcess, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  anIndicator,
  FakeInstance,
  type FakeMisp,
  type Loopback,
  startFakeMisp,
  startLoopback,
} from '@misp-pipeline/testing';
import { Listed, probesOf, writeCapture } from '@misp-pipeline/traffic';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dnsAlert } from '../../packages/alerts/testing/eve.ts';
import { collected } from '../../packages/traffic/testing/indicators.ts';
import { cli, emptyFolder } from '../support/cli.ts';
import { SURICATA } from '../support/engines.ts';

const KEY = 'k'.repeat(40);
const SEEN = 'seen.example.net';
const ABSENT = 'absent.example.net';

interface Told {
  readonly attribute: string;
  readonly type: string;
  readonly source: string;
  readonly timestamp: number;
}

let cwd: string;
let misp: FakeMisp;
let front: Loopback;
let told: Told[];
/** UUID of the attribute whose value the traffic shows. */
let attribute: string;

beforeEach(async () => {
  cwd = emptyFolder();
  told = [];
  misp = await startFakeMisp({ instance: anInstance() });
  front = await startLoopback(async ({ method, path, headers, body }, response) => {
    const json = { 'content-type': 'application/json; charset=UTF-8' };
    if (path.startsWith('/sightings/add/')) {
      response.writeHead(200, json).end(stored(path.slice('/sightings/add/'.length), body.toString('utf8')));
      return;
    }
    const { authorization = '' } = headers;
    const sent = method === 'GET' ? {} : { body: body.toString('utf8') };
    const answer = await fetch(misp.url + path, { method, headers: { ...json, authorization }, ...sent });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  const cert = { use: 'misp', with: { url: front.url, key: '${env:KEY}', retries: 0 } };
  const exporters = { suricata: { use: 'suricata', with: { dir: 'out', check: 'off' } } };
  const config = { name: 'test', state: 'state', index: {}, sources: { cert }, exporters };
  writeFileSync(path('misp-pipeline.config.json'), JSON.stringify(config));
  expect(await run('run')).toMatchObject({ code: 0 });
});

afterEach(async () => {
  await front.close();
  await misp.close();
  rmSync(cwd, { recursive: true });
});

function anInstance(): FakeInstance {
  const instance = new FakeInstance(Math.floor(Date.now() / 1000) - 3600);
  const event = instance.addEvent({ tags: ['tlp:green'] });
  for (const value of [SEEN, ABSENT]) instance.addAttribute(event, { value });
  instance.publish(event);
  instance.clock += 3600;
  const row = instance.search({}).find((row) => 'value' in row && row.value === SEEN);
  attribute = row !== undefined && 'uuid' in row ? String(row.uuid) : '';
  return instance;
}

/** Notes a sighting, and answers as MISP 2.5.1 does: the sighting in indented JSON, each field of it a string. */
function stored(uuid: string, body: string): string {
  const asked = JSON.parse(body);
  told.push({ attribute: uuid, ...asked });
  const { source, type, timestamp } = asked;
  const ids = { id: `${told.length}`, attribute_id: '1', event_id: '1', org_id: '3', date_sighting: `${timestamp}` };
  return JSON.stringify({ Sighting: { ...ids, uuid, source, type } }, undefined, 4);
}

const path = (name: string) => join(cwd, name);
const run = (...args: string[]) => cli(args, { cwd, env: { KEY } });
const linesOf = (name: string) =>
  existsSync(path(name)) ? readFileSync(path(name), 'utf8').split('\n').slice(0, -1) : [];

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(10);
}

const start = (...args: string[]) => {
  let child: ChildProcess | undefined;
  const ended = cli(args, {
    ...{ cwd, env: { KEY } },
    started: (started) => {
      child = started;
    },
  });
  return { ended, stop: () => child?.kill('SIGTERM') };
};

/** Number of the published rule on the name that is seen. */
function sid(): number {
  const rules = readFileSync(path('out/current/misp.rules'), 'utf8').split('\n');
  return Number(/sid:(\d+);/.exec(rules.find((rule) => rule.includes(SEEN)) ?? '')?.[1]);
}

/** Alerts on the name, the first of which has this number. */
function append(log: string, count: number, first: number): void {
  const lines = Array.from({ length: count }, (_, i) => {
    const number = first + i;
    const time = `2026-01-0${1 + (number % 5)}T10:00:0${number % 10}.${String(number).padStart(6, '0')}Z`;
    return `${dnsAlert(sid(), SEEN, time)}\n`;
  });
  appendFileSync(path(log), lines.join(''));
}

describe.skipIf(!SURICATA)('alerts of Suricata on what was published (needs suricata)', () => {
  it('are annotated, and lead to one sighting of the attribute that was seen', async () => {
    const [seen, absent] = [SEEN, ABSENT].map((value) => anIndicator('domain', value));
    if (seen === undefined || absent === undefined) throw new Error('there are two');
    await writeCapture(path('dns.pcap'), probesOf(seen, new Listed(collected(seen, absent))));
    const engine = ['-S', path('out/current/misp.rules'), '-r', path('dns.pcap'), '-l', cwd, '-k', 'none'];
    expect(spawnSync('suricata', engine, { cwd }).status).toBe(0);
    const alerts = linesOf('eve.json').filter((line) => JSON.parse(line).event_type === 'alert').length;
    expect(alerts).toBeGreaterThan(0);

    const annotation = JSON.parse((await run('annotate', 'eve.json', '--output', 'out.json', '--json')).stdout);
    expect(annotation).toMatchObject({ lines: linesOf('eve.json').length, alerts, annotated: alerts });
    const matches = linesOf('out.json').flatMap((line) => JSON.parse(line).misp?.matches ?? []);
    expect(new Set(matches.map(({ value }) => value))).toEqual(new Set([SEEN]));

    const posted = JSON.parse((await run('sightings', 'eve.json', '--json')).stdout);
    expect(posted).toMatchObject({ alerts, ours: alerts, mapped: alerts, posted: 1, requests: 1, waiting: 0 });
    const source = expect.stringMatching(/^misp-pipeline [0-9a-f]{16}$/);
    expect(told).toEqual([{ attribute, type: '0', source, timestamp: Date.UTC(2026, 0, 1) / 1000 }]);
    expect(JSON.parse((await run('sightings', 'eve.json', '--json')).stdout)).toMatchObject({ lines: 0, posted: 0 });
  });
});

describe('a log that is followed', () => {
  it('is annotated line by line over a rotation, until SIGTERM', async () => {
    append('eve.json', 50, 0);
    const { ended, stop } = start('annotate', '--follow', 'eve.json', '--output', 'out.json', '--json');
    await until(() => linesOf('out.json').length === 50);
    append('eve.json', 50, 50);
    renameSync(path('eve.json'), path('eve.json.1'));
    append('eve.json', 50, 100);
    await until(() => linesOf('out.json').length === 150);
    append('eve.json', 50, 150);
    stop();
    const first = await ended;
    expect(first).toMatchObject({ code: 0, signal: null });
    const second = await run('annotate', 'eve.json', '--output', 'out.json', '--json');
    expect(JSON.parse(first.stdout).lines + JSON.parse(second.stdout).lines).toBe(200);
    const withoutKey = linesOf('out.json').map((line) => {
      const { misp: key, ...rest } = JSON.parse(line);
      expect(key.matches).toHaveLength(1);
      return JSON.stringify(rest);
    });
    expect(withoutKey).toEqual([...linesOf('eve.json.1'), ...linesOf('eve.json')]);
  });

  it('has each alert counted once over a rotation and a SIGTERM', async () => {
    const state = path('state/sightings.sqlite');
    writeFileSync(path('eve.json'), '');
    await run('sightings', 'eve.json');
    const before = statSync(state).mtimeMs;
    const { ended, stop } = start('sightings', '--follow', 'eve.json', '--privacy', 'counts', '--json');
    append('eve.json', 50, 0);
    await until(() => statSync(state).mtimeMs > before);
    append('eve.json', 50, 50);
    renameSync(path('eve.json'), path('eve.json.1'));
    append('eve.json', 100, 100);
    stop();
    const first = await ended;
    expect(first).toMatchObject({ code: 0, signal: null });
    const second = await run('sightings', 'eve.json', '--privacy', 'counts', '--json');
    const reports = [first, second].map(({ stdout }) => JSON.parse(stdout));
    expect(reports[0].counted).toBeGreaterThan(0);
    expect(reports.reduce((sum, { counted }) => sum + counted, 0)).toBe(200);
    expect(told.map(({ source }) => / \((\d+)\)$/.exec(source)?.[1])).toEqual(Array(5).fill('40'));
    expect(new Set(told.map(({ timestamp }) => Math.floor(timestamp / 3600))).size).toBe(5);
  });
});
