import { hash } from 'node:crypto';
import type { Reasons } from '../run/reasons.ts';

export interface ManifestFile {
  /** Relative to the generation's folder. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Rules, or list lines: what the engine must say it loaded. */
  readonly entries: number;
}

/**
 * What a generation consists of. It holds no time and no machine name, so that the same input gives the same manifest
 * everywhere.
 */
export interface Manifest {
  /** First 16 hex digits of the SHA-256 over paths and digests of the files. */
  readonly generation: string;
  readonly pipeline: string;
  readonly exporter: string;
  readonly plugin: string;
  /** Indicators that stand in the files. */
  readonly exported: number;
  /** Indicators that the engine cannot express, by reason. */
  readonly skipped: Reasons;
  readonly files: readonly ManifestFile[];
}

/** Name of a generation: the same files always have the same name. */
export function generationId(files: readonly ManifestFile[]): string {
  const lines = files.map(({ path, sha256 }) => `${path}\0${sha256}\n`);
  return hash('sha256', lines.join('')).slice(0, 16);
}

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
