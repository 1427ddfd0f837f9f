import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Drill, DrillReport, Indicator } from '@misp-pipeline/core';
import { drillOnTraffic } from '@misp-pipeline/traffic';
import { readAlerts } from './alerts.ts';
import { ALERTS } from './config.ts';
import { OwnRules } from './own-rules.ts';
import { StagedRules } from './staged-rules.ts';
import type { Suricata } from './suricata.ts';

/** Lets the published rules loose on traffic made for the targets; undefined when the engine is not to be found. */
export async function drillRules(drill: Drill, suricata: Suricata): Promise<DrillReport | undefined> {
  if (!(await suricata.isThere())) return undefined;
  const { dir, workDir } = drill;
  const own = new OwnRules(new StagedRules(dir));
  let engine = '';
  const findings = await drillOnTraffic(drill, {
    detectionsOf: (target) => own.of(target),
    whyUnprovable,
    look: async (capture) => {
      const verdict = await suricata.replay(dir, capture);
      if (!verdict?.accepted) throw new Error(`suricata did not replay the probes: ${verdict?.errors.join('; ')}`);
      engine = verdict.engine;
      const log = join(workDir, ALERTS);
      const sightings = await readAlerts(log);
      await rm(log);
      return sightings;
    },
  });
  return { engine, ...findings };
}

function whyUnprovable({ kind }: Indicator): string {
  if (kind === 'rule-suricata') return 'only its author knows what the rule has to fire on';
  return /^(?:md5|sha\d+|x509|ja[34]|hassh)/.test(kind) ? 'nothing with this digest is at hand' : 'no traffic shows it';
}
