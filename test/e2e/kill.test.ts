import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '@misp-pipeline/core';
import { expect, it } from 'vitest';
import { cli, emptyFolder } from '../support/cli.ts';
import { writeConfig } from '../support/config.ts';
import { writeFeed } from '../support/event.ts';

const TRIALS = 50;
const EXPORTERS = ['suricata', 'snort', 'wazuh'] as const;

/** Numbers between 0 and 1, the same every time. */
function* seeded(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

function feedOf(generation: number) {
  const domains = Array.from({ length: 400 }, (_, i) => ({ type: 'domain', value: `host${i}.g${generation}.example` }));
  return [{ uuid: '0a0a0a0a-0000-4000-8000-000000000001', attributes: domains }];
}

/** Which feed the live files were made from. Throws when they are not exactly what their manifest says. */
function liveGeneration(dir: string): number | undefined {
  const current = join(dir, 'current');
  if (!existsSync(current)) return undefined;
  const manifest = JSON.parse(readFileSync(join(current, 'manifest.json'), 'utf8')) as Manifest;
  const texts = manifest.files.map(({ path, sha256 }) => {
    const bytes = readFileSync(join(current, path));
    expect(hash('sha256', bytes)).toBe(sha256);
    return bytes.toString('utf8');
  });
  const listed = readdirSync(current, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(listed).toHaveLength(manifest.files.length + 1);
  const seen = new Set(
    texts.flatMap((text) => [...text.matchAll(/g(\d+)\.example/g)].map((match) => Number(match[1]))),
  );
  expect(seen.size).toBe(1);
  return [...seen][0];
}

it(`leaves a complete generation live after each of ${TRIALS} kills at random points`, async () => {
  const cwd = emptyFolder();
  writeConfig(cwd, { feed: join(cwd, 'feed'), exporters: EXPORTERS });
  writeFeed(join(cwd, 'feed'), feedOf(0));
  const begun = performance.now();
  expect((await cli(['run'], { cwd })).code).toBe(0);
  const whole = performance.now() - begun;
  const random = seeded(20261124);
  let killed = 0;
  for (let trial = 1; trial <= TRIALS; trial++) {
    writeFeed(join(cwd, 'feed'), feedOf(trial));
    const delay = whole * (0.2 + 0.8 * (random.next().value as number));
    const { signal } = await cli(['run'], { cwd, started: (child) => setTimeout(() => child.kill('SIGKILL'), delay) });
    if (signal === 'SIGKILL') killed++;
    for (const exporter of EXPORTERS) expect(liveGeneration(join(cwd, 'out', exporter))).toBeTypeOf('number');
  }
  expect(killed).toBeGreaterThan(0);
  expect((await cli(['run'], { cwd })).code).toBe(0);
  for (const exporter of EXPORTERS) expect(liveGeneration(join(cwd, 'out', exporter))).toBe(TRIALS);
  rmSync(cwd, { recursive: true });
}, 600_000);
