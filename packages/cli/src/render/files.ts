import type { ManifestFile, Publication, ReloadReport } from '@misp-pipeline/core';
import { counted, plain } from './number.ts';
import { visible } from './visible.ts';

/** How many files, and how large together. */
export function sizeText(files: readonly ManifestFile[]): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return `${counted(files.length, 'file')}, ${plain(Math.ceil(bytes / 1024))} KiB`;
}

/** Which generation is live, and whether it was so before. */
export function generationText({ generation, changed }: Publication): string {
  return `generation ${generation}${changed ? '' : ', unchanged'}`;
}

/** What the engine said of it. */
export function reloadText({ engine, method, messages }: ReloadReport): string {
  const said = messages.length === 0 ? '' : `: ${visible(messages.join('; '))}`;
  return `taken over by ${visible(engine)} (${visible(method)})${said}`;
}
