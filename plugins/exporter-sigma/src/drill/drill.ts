import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Drill, DrillReport, DrillResult, DrillTarget, EngineOptions, Indicator } from '@misp-pipeline/core';
import { PLACEHOLDER_PIPELINE } from '../rule/placeholders.ts';
import type { Place } from '../subject/subject.ts';
import { SUBJECTS } from '../subject/subjects.ts';
import { foreignTrial } from './foreign-probes.ts';
import { Listed } from './listed.ts';
import { probesAt } from './probes.ts';
import { queriesOf } from './queries.ts';
import { RuleRuns, type Trial, type Verdict } from './rule-runs.ts';

/**
 * Proves rules on log records: sigma-cli converts them to SQL, which SQLite runs. Undefined without a sigma-cli that
 * knows SQLite.
 */
export async function drillRules(
  { targets, collected, workDir, ...drill }: Drill,
  engine: EngineOptions,
  signal: AbortSignal,
): Promise<DrillReport | undefined> {
  const dir = resolve(drill.dir);
  const files = [...new Set(targets.flatMap(({ placements }) => placements.map(({ file }) => file)))].sort();
  const pipelines = existsSync(join(dir, PLACEHOLDER_PIPELINE)) ? [PLACEHOLDER_PIPELINE] : [];
  const queries = await queriesOf({ dir, files, pipelines, workDir }, engine, signal);
  if (queries === undefined) return undefined;
  const trials = new Map(targets.map((target) => [target, trialsOf(target, dir)]));
  const runs = new RuleRuns([...trials.values()].flat(), queries, new Listed(collected));
  try {
    const verdicts = await runs.verdicts(signal);
    const results = [...trials].map(([{ indicator }, tried]) =>
      resultOf(
        indicator,
        tried.flatMap((trial) => verdicts.get(trial) ?? []),
      ),
    );
    const { hits, records } = await runs.benignHits(signal);
    const probes = { ...probeCounts([...trials.values()].flat()), benign: records };
    return { engine: 'sigma convert and SQLite', results, probes, benignHits: hits };
  } finally {
    runs.close();
  }
}

/** One trial for each rule that looks for the indicator. */
function trialsOf({ indicator, placements }: DrillTarget, dir: string): readonly Trial[] {
  return placements.map(({ file, id = '' }) => {
    if (indicator.kind === 'rule-sigma') return { indicator, rule: id, ...foreignTrial(join(dir, file)) };
    const logSource = file.split('/')[1] ?? '';
    const place = placeOf(indicator, logSource);
    return { indicator, rule: id, logSource, probes: place === undefined ? [] : probesAt(indicator, place) };
  });
}

function placeOf(indicator: Indicator, logSource: string): Place | undefined {
  return SUBJECTS.filter((subject) => subject.kinds.includes(indicator.kind) && subject.includes(indicator))
    .flatMap(({ places }) => places)
    .find((place) => place.logSource.id === logSource);
}

/** An indicator is proven when it is proven in every rule that looks for it. */
function resultOf(indicator: Indicator, verdicts: readonly Verdict[]): DrillResult {
  const worst = verdicts.find(({ verdict }) => verdict === 'failed') ??
    verdicts.find(({ verdict }) => verdict === 'unprovable') ?? { verdict: 'proven' as const };
  return { indicator, ...worst };
}

function probeCounts(trials: readonly Trial[]): { readonly mustFire: number; readonly mustNotFire: number } {
  const probes = trials.flatMap((trial) => trial.probes);
  const mustFire = probes.filter((probe) => probe.mustFire).length;
  return { mustFire, mustNotFire: probes.length - mustFire };
}
