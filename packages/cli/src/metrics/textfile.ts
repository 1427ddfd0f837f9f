import { open, rename, rm } from 'node:fs/promises';

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
