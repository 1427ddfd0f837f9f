import type { BenignHit, Drill, DrillReport } from '@misp-pipeline/core';
import type { WazuhEngine } from '../engine/options.ts';
import type { LogSource } from '../look-up.ts';
import { ID_BLOCK } from '../options.ts';
import { benignProbes } from './benign.ts';
import { Expectation } from './expectation.ts';
import { logtest, logtestVersion } from './logtest.ts';
import { outdatedFile } from './outdated-file.ts';
import { type Probe, probesOf } from './probes.ts';
import { PublishedLists } from './published-lists.ts';
import { publishedPatterns } from './published-patterns.ts';
import { type Fired, verdictOn } from './verdict.ts';

/** What a drill has to know of the exporter. */
export interface DrillSettings {
  readonly engine: WazuhEngine;
  readonly logSources: readonly LogSource[];
  readonly firstId: number;
}

/** Gives log lines to the manager's own test program, and compares which rules take them with what is published. */
export async function drillManager(
  { dir, targets }: Drill,
  { engine, logSources, firstId }: DrillSettings,
  signal: AbortSignal,
): Promise<DrillReport | undefined> {
  const version = await logtestVersion(engine, signal);
  if (version === undefined) return undefined;
  const outdated = outdatedFile(dir, engine.home);
  if (outdated !== undefined) {
    const why = `the manager does not have the published \`${outdated}\``;
    const results = targets.map(({ indicator }) => ({ indicator, verdict: 'unprovable', why }) as const);
    return { engine: version, results, probes: { mustFire: 0, mustNotFire: 0, benign: 0 }, benignHits: [] };
  }
  const expectation = new Expectation(new PublishedLists(dir), publishedPatterns(dir), firstId);
  const plans = targets.map((target) => ({ target, probes: probesOf(target, logSources, expectation) }));
  const sent = plans.flatMap(({ probes }) => probes);
  const benign = benignProbes(logSources, expectation);
  const fired = await firedBy([...sent, ...benign], engine, firstId, signal);
  const mustFire = sent.filter(({ rules }) => rules.size > 0).length;
  return {
    engine: version,
    results: plans.map(({ target, probes }) => verdictOn(target.indicator, probes, fired)),
    probes: { mustFire, mustNotFire: sent.length - mustFire, benign: benign.length },
    benignHits: benign.flatMap((probe) => benignHit(probe, fired)),
  };
}

/** Which rules of ours the manager fires on probes. */
async function firedBy(
  probes: readonly Probe[],
  engine: WazuhEngine,
  firstId: number,
  signal: AbortSignal,
): Promise<Fired> {
  const lines = probes.map(({ line }) => line);
  const rules = await logtest(lines, engine, signal);
  const isOurs = (id: number | undefined) => id !== undefined && id >= firstId && id < firstId + ID_BLOCK;
  return new Map(probes.map((probe, i) => [probe, isOurs(rules[i]) ? rules[i] : undefined]));
}

function benignHit(probe: Probe, fired: Fired): readonly BenignHit[] {
  const id = fired.get(probe);
  return id === undefined ? [] : [{ probe: probe.what, detection: `rule ${id}` }];
}
