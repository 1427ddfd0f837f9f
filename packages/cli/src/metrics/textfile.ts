import { open, rename, rm } from 'node:fs/promises';
import type { PipelineConfig } from '@misp-pipeline/core';
import { metricsText } from './metrics-text.ts';
import type { OperationStore } from './operation-store.ts';

/** Others read it: the node exporter runs as a user of its own. */
const MODE = 0o644;

/**
 * Replaces a file of metrics as a whole. The unfinished one stands beside it under a name that does not end in `.prom`, which
 * the node exporter therefore does not read.
 */
export async function writeTextfile(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(unfinished, 'w', MODE);
    try {
      await file.chmod(MODE);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Writes the metrics of a pipeline into the file that its config names, if any. */
export async function writeMetricsFile(
  { name, metrics: { file } }: Pick<PipelineConfig, 'name' | 'metrics'>,
  store: OperationStore,
  now: Date,
): Promise<void> {
  if (file === undefined) return;
  await writeTextfile(file, await metricsText([{ name, state: store.read(), daemon: undefined }], now));
}
