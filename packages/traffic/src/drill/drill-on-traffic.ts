import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenignHit, Drill, DrillReport, DrillResult, DrillTarget, Indicator } from '@misp-pipeline/core';
import { benignProbes } from '../benign.ts';
import { type SentProbe, writeCapture } from '../capture/write-capture.ts';
import { Listed } from '../listed.ts';
import type { Probe } from '../probe/probe.ts';
import { probesOf } from '../probes-of.ts';
import type { Sightings } from './sightings.ts';

/** An engine that looks at captures with the published files. */
export interface Sensor {
  /** Names of the detections that stand for a target. */
  detectionsOf(target: DrillTarget): ReadonlySet<string>;
  /** Runs the engine on a capture. */
  look(capture: string): Promise<Sightings>;
  /** Why nothing shows an indicator for which there are no probes. */
  whyUnprovable(indicator: Indicator): string;
  /** Whether the engine can be expected to tell what the probe is about. Left out: always. */
  isVisible?(probe: Probe, indicator: Indicator): boolean;
  /** False for detections of the sensor's own, which are not published. Left out: always true. */
  isPublished?(detection: string): boolean;
}

/** What a drill showed. */
export type Findings = Omit<DrillReport, 'engine'>;

/** Targets that share a capture: some hundred MB. */
const TARGETS_A_CAPTURE = 5000;

/** Makes the traffic that targets must and must not fire on, and plain traffic, and shows it to a sensor. */
export async function drillOnTraffic(drill: Drill, sensor: Sensor): Promise<Findings> {
  const listed = new Listed(drill.collected);
  const results: DrillResult[] = [];
  const hits: BenignHit[] = [];
  const counts = { mustFire: 0, mustNotFire: 0, benign: 0 };
  for (let start = 0; start === 0 || start < drill.targets.length; start += TARGETS_A_CAPTURE) {
    const targets = drill.targets.slice(start, start + TARGETS_A_CAPTURE);
    const made = targets.map(({ indicator }) => visibleProbes(indicator, listed, sensor));
    const benign = start === 0 ? benignProbes(listed) : [];
    const { sent, sightings } = await shown([...made.flat(), ...benign], drill, sensor);
    let next = 0;
    for (const [i, target] of targets.entries()) {
      const end = next + (made[i]?.length ?? 0);
      results.push(judge(target, sent.slice(next, end), sightings, sensor));
      next = end;
    }
    hits.push(...benignHits(sent.slice(next), sightings, sensor));
    for (const { mustFire } of made.flat()) counts[mustFire ? 'mustFire' : 'mustNotFire']++;
    counts.benign += benign.length;
  }
  return { results, probes: counts, benignHits: hits };
}

function visibleProbes(indicator: Indicator, listed: Listed, sensor: Sensor): readonly Probe[] {
  return probesOf(indicator, listed).filter((probe) => sensor.isVisible?.(probe, indicator) ?? true);
}

async function shown(
  probes: readonly Probe[],
  { workDir }: Drill,
  sensor: Sensor,
): Promise<{ sent: readonly SentProbe[]; sightings: Sightings }> {
  const capture = join(workDir, 'probes.pcap');
  const sent = await writeCapture(capture, probes);
  const sightings = await sensor.look(capture);
  await rm(capture);
  return { sent, sightings };
}

/** Only its own detections count: on a host that several indicators name, others may fire as well. */
function judge(target: DrillTarget, sent: readonly SentProbe[], sightings: Sightings, sensor: Sensor): DrillResult {
  const { indicator } = target;
  if (!sent.some(({ probe }) => probe.mustFire)) {
    return { indicator, verdict: 'unprovable', why: sensor.whyUnprovable(indicator) };
  }
  const own = sensor.detectionsOf(target);
  for (const { probe, client } of sent) {
    const seen = sightings.of(client);
    const fired = [...own].find((detection) => seen.has(detection));
    if (probe.mustFire && fired === undefined) {
      return { indicator, verdict: 'failed', why: `did not fire on ${probe.what}` };
    }
    if (!probe.mustFire && fired !== undefined) {
      return { indicator, verdict: 'failed', why: `${fired} fired on ${probe.what}` };
    }
  }
  return { indicator, verdict: 'proven' };
}

function benignHits(sent: readonly SentProbe[], sightings: Sightings, sensor: Sensor): BenignHit[] {
  return sent.flatMap(({ probe, client }) =>
    [...sightings.of(client)]
      .filter((detection) => sensor.isPublished?.(detection) ?? true)
      .map((detection) => ({ probe: probe.what, detection })),
  );
}
