import { hash } from 'node:crypto';
import type { PipelineConfig } from '../config/config.ts';
import type { ReleasedExporter } from '../history/releases.ts';

/**
 * Names a change: 16 hex digits that follow from the config, from what is live and from what shall be. The same change has
 * the same one, and any other change another.
 */
export function fingerprintOf(config: PipelineConfig, exporters: readonly ReleasedExporter[]): string {
  const parts = exporters.map(({ id, dir, base, generation }) => [id, dir, base, generation]);
  return hash('sha256', JSON.stringify([config.name, config.shown, parts])).slice(0, 16);
}
