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
  /** First 16 hex digits of the SHA-256 of everything below. */
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

/** Gives a manifest its name: the same files and counts always have the same. */
export function named(content: Omit<Manifest, 'generation'>): Manifest {
  return { generation: hash('sha256', JSON.stringify(content)).slice(0, 16), ...content };
}

/** A manifest without its name. */
export function contentOf({ generation: _, ...content }: Manifest): Omit<Manifest, 'generation'> {
  return content;
}

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The name that the manifest of a generation gives it; a second copy of a generation has a number besides. */
export function manifestNameOf(generation: string): string {
  return generation.replace(/-\d+$/, '');
}
