import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Collector, type Drill, type DrillReport, type Indicator } from '@misp-pipeline/core';
import { type Rendered, render, testServices } from '@misp-pipeline/testing';
import { onTestFinished } from 'vitest';
import { SigmaExporter } from '../src/exporter.ts';
import { grouped } from '../src/grouped.ts';
import { sigmaOptions } from '../src/options.ts';
import { sigma, unpack } from './sigma-cli.ts';

/** Files of an exporter as they are staged, and the exporter that wrote them. */
export interface StagedRules extends Rendered {
  readonly exporter: SigmaExporter;
  readonly dir: string;
  readonly files: readonly string[];
}

/** A new folder, which goes with the test. */
export function aFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'misp-pipeline-sigma-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Renders into a folder, with the sigma-cli that tests use as the engine. */
export async function stage(
  indicators: Iterable<Indicator>,
  options: object = {},
  stateDir = aFolder(),
): Promise<StagedRules> {
  const all = sigmaOptions.parse({ engine: { command: [sigma ?? 'sigma'] }, ...options });
  const exporter = new SigmaExporter(all, testServices({ stateDir }));
  const rendered = await render(exporter, indicators);
  return { ...rendered, exporter, dir: unpack(rendered.output.files), files: [...rendered.output.files.keys()] };
}

/** A fire drill over all that is detected in staged files. */
export async function drill({ exporter, dir, output, collected }: StagedRules): Promise<DrillReport> {
  const placed = grouped(output.placements, ({ indicator }) => indicator);
  const targets: Drill['targets'] = [...placed].map(([indicator, places]) => ({
    indicator,
    placements: places.map(({ placement }) => placement),
  }));
  const collector = new Collector();
  for (const indicator of collected) collector.add(indicator);
  const all = { dir, targets, collected: collector.collected(), workDir: aFolder() };
  const report = await exporter.drill(all, new AbortController().signal);
  if (report === undefined) throw new Error('sigma-cli cannot convert to SQL: package pySigma-backend-sqlite');
  return report;
}
