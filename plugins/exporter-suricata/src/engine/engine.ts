import type { CheckReport, Drill, DrillReport, Staged } from '@misp-pipeline/core';
import { CLIENT_NETWORKS } from '@misp-pipeline/traffic';
import type { SuricataOptions } from '../options.ts';
import { checkRules } from './check-rules.ts';
import { CHECK_CONFIG, replayConfig } from './config.ts';
import { drillRules } from './drill-rules.ts';
import { Suricata } from './suricata.ts';
import { inWorkDir } from './work-dir.ts';

type EngineOptions = Pick<SuricataOptions, 'engine' | 'sensorPath'>;

/** The engine's word on staged files, under the settings of the sensor if they are at hand. */
export function checkStaged(
  staged: Staged,
  { engine, sensorPath }: EngineOptions,
  stateDir: string,
  signal: AbortSignal,
): Promise<CheckReport | undefined> {
  return inWorkDir(stateDir, (workDir) => {
    const site = { dir: staged.dir, sensorPath, workDir };
    const settings = engine.config === undefined ? { text: CHECK_CONFIG } : { path: engine.config };
    return checkRules(staged, new Suricata(engine, site, settings, signal), workDir);
  });
}

/** The fire drill, under settings by which the engine looks at everything, and the clients of the drill are at home. */
export function drillPublished(
  drill: Drill,
  { engine, sensorPath }: EngineOptions,
  signal: AbortSignal,
): Promise<DrillReport | undefined> {
  const { dir, workDir } = drill;
  const settings = { text: replayConfig(CLIENT_NETWORKS) };
  return drillRules(drill, new Suricata(engine, { dir, sensorPath, workDir }, settings, signal));
}
