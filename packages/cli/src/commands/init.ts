import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT } from '@misp-pipeline/core';
import type { Context } from '../context.ts';
import { UsageError } from '../usage-error.ts';

const SAMPLE = fileURLToPath(new URL('../../sample/', import.meta.url));
const CONFIG = 'misp-pipeline.config.yaml';
const FEED = 'misp-pipeline-sample';

/** Writes a config that runs as it is, on a small feed that is written beside it. */
export async function init({ io, options }: Context, { force = false }: { force?: boolean }): Promise<number> {
  const config = resolve(CONFIG);
  if (existsSync(config) && !force) throw new UsageError(`\`${config}\` exists`, 'Use --force to overwrite it.');
  cpSync(resolve(SAMPLE, 'intelligence'), resolve(FEED), { recursive: true });
  writeFileSync(config, readFileSync(resolve(SAMPLE, CONFIG), 'utf8'));
  if (options.json === true) io.json({ written: [config, resolve(FEED)] });
  else io.result(`wrote ${CONFIG} and the folder ${FEED}/\nNext: npx misp-pipeline run`);
  return EXIT.ok;
}
