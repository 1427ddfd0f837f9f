import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Drill, DrillReport, DrillTarget, Indicator } from '@misp-pipeline/core';
import { drillOnTraffic, type Sensor } from '@misp-pipeline/traffic';
import type { SnortOptions } from '../options.ts';
import { ADDRESSES, HASHES } from '../paths.ts';
import { digestName, readSightings, ruleName } from './read-sightings.ts';
import { ALERTS, FILE_LOG } from './settings.ts';
import type { Snort } from './snort.ts';
import { isVisible } from './visible.ts';

/** Events of the reputation inspector. */
const REPUTATION = 136;
const ADDRESS_EVENTS: readonly string[] = [1, 3, 4, 6].map((sid) => ruleName(REPUTATION, sid));

/** Proves published files on traffic; undefined when Snort is not to be found. */
export async function drillRules(
  drill: Drill,
  snort: Snort,
  sids: SnortOptions['sids'],
): Promise<DrillReport | undefined> {
  const engine = await snort.name();
  if (engine === undefined) return undefined;
  const { version, workDir } = snort;
  const sensor: Sensor = {
    isVisible: (probe, indicator) => isVisible(probe, indicator, version),
    detectionsOf,
    isPublished: (detection) => isPublished(detection, sids),
    whyUnprovable,
    look: async (capture) => {
      await snort.replay(drill.dir, capture);
      const sightings = await readSightings(workDir, version);
      for (const log of [ALERTS[version], FILE_LOG]) await rm(join(workDir, log), { force: true });
      return sightings;
    },
  };
  return { engine, ...(await drillOnTraffic(drill, sensor)) };
}

function detectionsOf({ indicator, placements }: DrillTarget): ReadonlySet<string> {
  return new Set(
    placements.flatMap(({ file, id = '' }) => {
      if (file === ADDRESSES) return ADDRESS_EVENTS;
      if (file === HASHES) return [digestName(indicator.value)];
      return [ruleName(1, id.replace(/^sid /, ''))];
    }),
  );
}

function isPublished(detection: string, { first, last }: SnortOptions['sids']): boolean {
  const [gid, sid] = detection.split(':').map(Number);
  if (sid === undefined || gid !== 1) return true;
  return sid >= first && sid <= last;
}

function whyUnprovable({ kind }: Indicator): string {
  if (kind === 'sha256') return 'no file with this digest, and of a type that Snort knows, is at hand';
  if (kind === 'rule-snort') return 'only its author knows what the rule has to fire on';
  return 'Snort sees no traffic that can be made of it';
}
