import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Drill, DrillTarget, Indicator, Placement } from '@misp-pipeline/core';
import { Collector } from '@misp-pipeline/core';
import { everyKind, type MemoryOutput, render, testServices } from '@misp-pipeline/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wazuhOptions } from '../options.ts';
import plugin from '../plugin.ts';
import { logtest, readAnswers } from './logtest.ts';
import { variantsOf } from './variants.ts';

const MODEL = fileURLToPath(new URL('../../testing/model-logtest.ts', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'misp-pipeline-test-'));
const signal = new AbortController().signal;
let output: MemoryOutput;
let drill: Drill;

/** The exporter, with a model that answers for the lists and rules of a folder. */
function exporter(dir: string, home = join(folder, 'absent')) {
  const options = wazuhOptions.parse({ patterns: 100, engine: { home, logtest: [process.execPath, MODEL, dir] } });
  return plugin.create(options, testServices());
}

function write(dir: string, texts: Record<string, string>): void {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}

beforeAll(async () => {
  const dir = join(folder, 'published');
  output = (await render(exporter(dir), everyKind())).output;
  write(dir, output.texts());
  const collector = new Collector();
  for (const indicator of everyKind()) collector.add(indicator);
  const places = new Map<Indicator, Placement[]>();
  for (const { indicator, placement } of output.placements) {
    places.set(indicator, [...(places.get(indicator) ?? []), placement]);
  }
  const targets: DrillTarget[] = [...places].map(([indicator, placements]) => ({ indicator, placements }));
  drill = { dir, targets, collected: collector.collected(), workDir: folder };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NO_LINE = new Set(['regkey', 'named-pipe', 'service-name', 'imphash']);

describe('drill, with a model of wazuh-logtest', () => {
  it('proves all kinds but those of Windows events, with near misses and everyday events that fire nothing', async () => {
    const report = await exporter(drill.dir).drill?.(drill, signal);
    expect(report?.engine).toBe('wazuh 4.14.7');
    expect(report?.results.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
    const unprovable = report?.results.filter(({ verdict }) => verdict === 'unprovable') ?? [];
    expect(new Set(unprovable.map(({ indicator }) => indicator.kind))).toEqual(NO_LINE);
    expect(report?.results).toHaveLength(drill.targets.length);
    expect(report?.benignHits).toEqual([]);
    expect(report?.probes.mustFire).toBeGreaterThan(100);
    expect(report?.probes.mustNotFire).toBeGreaterThan(200);
    expect(report?.probes.benign).toBeGreaterThan(50);
  });

  it('tells a list that the manager reads otherwise, and a rule that hits too much', async () => {
    const dir = join(folder, 'changed');
    const texts = output.texts();
    const hashes = texts['lists/misp-hash'] ?? '';
    write(dir, {
      ...texts,
      'lists/misp-hash': hashes.replace('44d88612', '44d88613'),
      'lists/misp-ja3': `${texts['lists/misp-ja3']}e7d705a3286e19ea42f587b344ee6866:low\n`,
    });
    const report = await exporter(dir).drill?.(drill, signal);
    const failed = report?.results.filter(({ verdict }) => verdict === 'failed') ?? [];
    expect(failed.map(({ indicator }) => indicator.kind).sort()).toEqual(['ja3', 'md5']);
    expect(failed.find(({ indicator }) => indicator.kind === 'md5')?.why).toMatch(
      /fired nothing instead of rule 11001/,
    );
    expect(failed.find(({ indicator }) => indicator.kind === 'ja3')?.why).toMatch(
      /fired rule 110051 instead of nothing/,
    );
  });

  it('claims nothing when the manager has other files', async () => {
    const home = join(folder, 'manager');
    write(join(home, 'etc'), { 'lists/misp-ja3': 'other:low\n' });
    const report = await exporter(drill.dir, home).drill?.(drill, signal);
    expect(report?.results.every(({ verdict }) => verdict === 'unprovable')).toBe(true);
    expect(report?.results[0]?.why).toMatch(/the manager does not have the published `lists\//);
  });

  it('is undefined without the program', async () => {
    const options = wazuhOptions.parse({ engine: { logtest: [join(folder, 'absent')] } });
    expect(await plugin.create(options, testServices()).drill?.(drill, signal)).toBeUndefined();
  });
});

describe('logtest', () => {
  it('says what the program said when it does not answer each line', async () => {
    const code = "console.log('** Wazuh-logtest error when connecting with wazuh-analysisd')";
    const { engine } = wazuhOptions.parse({ engine: { logtest: [process.execPath, '-e', code] } });
    await expect(logtest(['a line'], engine, signal)).rejects.toThrow(
      '`wazuh-logtest` answered 0 of 1 lines: ** Wazuh-logtest error when connecting with wazuh-analysisd',
    );
  });
});

describe('readAnswers', () => {
  /** The form in which Wazuh's documentation shows the program's output. */
  const said = `Starting wazuh-logtest v4.14.7
Type one log per line

**Phase 1: Completed pre-decoding.
	full event: 'Sep 28 10:00:00 web1 sshd[811]: Failed password for root from 203.0.113.7'
	timestamp: 'Sep 28 10:00:00'

**Phase 2: Completed decoding.
	name: 'sshd'
	id: '4242'

**Phase 3: Completed filtering (rules).
	id: '5760'
	level: '5'
**Alert to be generated.

**Phase 1: Completed pre-decoding.
	full event: 'hello'

**Phase 2: Completed decoding.
	No decoder matched.
`;

  it('reads the rule of each event, and no field that is called id', () => {
    expect(readAnswers(said)).toEqual([5760, undefined]);
  });
});

describe('variantsOf', () => {
  it.each(['203.0.113.255', 'evil.example', '44d88612fea8a8f36de82e1278abb02f', '2001:db8::1', 'x'])(
    'gives other values than %s',
    (value) => {
      expect(variantsOf(value).length).toBeGreaterThan(0);
      expect(variantsOf(value)).not.toContain(value);
    },
  );
});

describe('the models', () => {
  it('are called what they are', () => {
    expect(readFileSync(MODEL, 'utf8')).toMatch(/Stands in for `wazuh-logtest`, which cannot be installed here/);
  });
});
