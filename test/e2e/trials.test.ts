import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig, type Manifest, runPipeline } from '@misp-pipeline/core';
import { Random, RecordingLogger } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { BIN, cli, emptyFolder } from '../support/cli.ts';
import { writeConfig } from '../support/config.ts';
import { writeFeed } from '../support/event.ts';
import { CAN_MOUNT, SmallDisk } from '../support/small-disk.ts';

const EXPORTERS = ['suricata', 'wazuh'] as const;
const PER_BLOCK = 25;
const STABLE = 'stable.example';

/** A pipeline in a folder, whose feed can be replaced, and what has to hold of it at any time. */
class Site {
  readonly dir: string;
  readonly config: string;
  #feed = 0;
  #sid: string | undefined;

  constructor(dir: string) {
    this.dir = dir;
    mkdirSync(dir, { recursive: true });
    // Every feed replaces all hosts but one, which the guards would object to.
    const guard = { withdrawn: 1, added: 1000 };
    const options = { suricata: { places: [{ to: join(dir, 'engine'), files: ['*.rules'] }] } };
    this.config = writeConfig(dir, { feed: join(dir, 'feed'), exporters: EXPORTERS, options, more: { guard } });
    this.renew();
  }

  /** Other intelligence. */
  renew(): void {
    this.#feed++;
    const hosts = Array.from({ length: 100 }, (_, i) => `host${i}.g${this.#feed}.example`);
    const attributes = [STABLE, ...hosts].map((value) => ({ type: 'domain', value }));
    writeFeed(join(this.dir, 'feed'), [{ uuid: '0a0a0a0a-0000-4000-8000-000000000001', attributes }]);
  }

  run() {
    return cli(['run'], { cwd: this.dir });
  }

  /** Old or new, never a mixture; every file as it was written; the same indicator under the same sid. */
  expectWhole(): void {
    for (const exporter of EXPORTERS) this.#expectWhole(join(this.dir, 'out', exporter, 'current'));
    const rules = readFileSync(join(this.dir, 'out', 'suricata', 'current', 'misp.rules'), 'utf8');
    const sid = /stable\.example"[^\n]*sid:(\d+)/.exec(rules)?.[1];
    expect(sid).toBeDefined();
    this.#sid ??= sid;
    expect(sid).toBe(this.#sid);
  }

  #expectWhole(current: string): void {
    const manifest = JSON.parse(readFileSync(join(current, 'manifest.json'), 'utf8')) as Manifest;
    const seen = new Set<number>();
    for (const { path, sha256 } of manifest.files) {
      const bytes = readFileSync(join(current, path));
      expect(hash('sha256', bytes), path).toBe(sha256);
      for (const match of bytes.toString('utf8').matchAll(/\.g(\d+)\.example/g)) seen.add(Number(match[1]));
    }
    const listed = readdirSync(current, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(listed).toHaveLength(manifest.files.length + 1);
    expect([...seen]).toHaveLength(1);
    expect([this.#feed - 1, this.#feed]).toContain([...seen][0]);
  }

  /** The next run puts everything right. */
  async expectHealed(): Promise<void> {
    const { code, stderr } = await this.run();
    expect({ code, stderr }).toMatchObject({ code: 0 });
    for (const exporter of EXPORTERS) {
      const files = readdirSync(join(this.dir, 'out', exporter, 'current'), { recursive: true, encoding: 'utf8' });
      const text = files.filter((path) => /\.(rules|lst)$|^lists\/./.test(path));
      const all = text.map((path) => readFileSync(join(this.dir, 'out', exporter, 'current', path), 'utf8')).join('');
      expect(all).toContain(`.g${this.#feed}.example`);
    }
    for (const file of readdirSync(join(this.dir, 'engine'))) {
      const live = join(this.dir, 'out', 'suricata', 'current', file);
      expect(readFileSync(join(this.dir, 'engine', file), 'utf8')).toBe(readFileSync(live, 'utf8'));
    }
    this.expectWhole();
  }
}

/** What goes wrong in one trial. */
type Mishap = (site: Site, random: Random, disk: SmallDisk) => Promise<void>;

const kill: Mishap = async (site, random) => {
  const delay = 150 + random.below(900);
  await cli(['run'], { cwd: site.dir, started: (child) => setTimeout(() => child.kill('SIGKILL'), delay) });
};

const twoRuns: Mishap = async (site) => {
  const codes = (await Promise.all([site.run(), site.run()])).map(({ code }) => code);
  expect(codes).toContain(0);
  expect([0, 9]).toEqual(expect.arrayContaining(codes));
};

const clockJump: Mishap = async (site, random) => {
  const now = new Date(Date.now() + (random.next() - 0.5) * 20 * 365 * 86_400_000);
  const config = await loadConfig(site.config, { env: {}, program: BIN });
  const { logger } = new RecordingLogger();
  await runPipeline(config, { signal: new AbortController().signal, logger, clock: { now: () => now } });
};

const fullDisk: Mishap = async (site, random, disk) => {
  disk.fill(random.below(400_000));
  await site.run();
  disk.empty();
};

const readOnly: Mishap = async (site, _random, disk) => {
  disk.readOnly(true);
  const { code, stderr } = await site.run();
  disk.readOnly(false);
  expect(code).not.toBe(0);
  expect(stderr).toMatch(/read-only|EROFS|readonly/i);
};

async function trials(seed: number, mishap: Mishap): Promise<void> {
  const random = new Random(seed);
  const disk = CAN_MOUNT ? new SmallDisk(16) : undefined;
  const site = new Site(disk === undefined ? emptyFolder() : join(disk.dir, 'site'));
  try {
    await site.expectHealed();
    for (let trial = 0; trial < PER_BLOCK; trial++) {
      site.renew();
      await mishap(site, random, disk as SmallDisk);
      site.expectWhole();
      await site.expectHealed();
    }
  } finally {
    if (disk !== undefined) disk.remove();
    else if (existsSync(site.dir)) rmSync(site.dir, { recursive: true });
  }
}

const BLOCKS: readonly (readonly [string, Mishap, readonly number[], boolean])[] = [
  ['a run is killed', kill, [1, 2, 3], false],
  ['two runs begin at once', twoRuns, [4], false],
  ['the clock jumps', clockJump, [5], false],
  ['the disk is full', fullDisk, [6, 7], true],
  ['the disk is read-only', readOnly, [8], true],
];

describe.each(BLOCKS)('when %s', (_what, mishap, seeds, needsMount) => {
  it.skipIf(needsMount && !CAN_MOUNT).each(seeds)(
    `the old or the new generation is live, whole, ${PER_BLOCK} times (seed %i)`,
    (seed) => trials(seed, mishap),
    600_000,
  );
});
