import { join } from 'node:path';
import { type EngineOptions, runEngine, z } from '@misp-pipeline/core';
import { inBatches } from '../engine/batches.ts';
import { inScratch, linked } from '../engine/scratch.ts';

/** A rule as SQL. */
export interface RuleQuery {
  /** Condition on the columns of a record. */
  readonly condition: string;
  readonly columns: readonly string[];
}

/** What `sigma convert --target sqlite --format zircolite` writes of each rule. */
const CONVERTED = z.array(
  z.object({ id: z.string(), rule: z.array(z.string()), required_fields: z.array(z.string()).default([]) }),
);

/** Where rules stand. */
export interface RuleFiles {
  readonly dir: string;
  /** Relative to `dir`, like the pipelines that are applied to them. */
  readonly files: readonly string[];
  readonly pipelines: readonly string[];
  /** For files that come and go. */
  readonly workDir: string;
}

const SELECT = 'SELECT * FROM logs WHERE ';

/**
 * Converts rules to SQL: queries by the rule's id. Those that the converter does not know how to convert are missing.
 * Undefined when there is no sigma-cli, or none that knows SQLite (package pySigma-backend-sqlite).
 */
export async function queriesOf(
  rules: RuleFiles,
  engine: EngineOptions,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, RuleQuery> | undefined> {
  const converted = await inBatches(rules.files, (files) => converting({ ...rules, files }, engine, signal));
  const queries = new Map<string, RuleQuery>();
  for (const part of converted) {
    if (part === undefined) return undefined;
    for (const { id, rule, required_fields: columns } of part) {
      const selects = rule.filter((query) => query.startsWith(SELECT));
      const condition = selects.map((query) => `(${query.slice(SELECT.length)})`).join(' OR ');
      if (condition !== '') queries.set(id, { condition, columns });
    }
  }
  return queries;
}

async function converting(
  { dir, files, pipelines, workDir }: RuleFiles,
  engine: EngineOptions,
  signal: AbortSignal,
): Promise<z.output<typeof CONVERTED> | undefined> {
  const run = await inScratch((scratch) => {
    const paths = files.map((file) => join(dir, file));
    const options = pipelines.flatMap((pipeline) => ['--pipeline', join(dir, pipeline)]);
    const command = [...engine.command, 'convert', '--target', 'sqlite', '--format', 'zircolite', '--skip-unsupported'];
    return runEngine([...command, ...options, linked(scratch, 'rules', paths)], { signal, timeout: engine.timeout });
  }, workDir);
  if (run === undefined || /'sqlite' is not one of/.test(run.stderr)) return undefined;
  if (run.code === 0) return CONVERTED.parse(JSON.parse(run.stdout));
  const last = run.stderr.trim().split('\n').at(-1);
  throw new Error(`\`sigma convert -t sqlite\` ended with ${run.code}: ${last}`);
}
