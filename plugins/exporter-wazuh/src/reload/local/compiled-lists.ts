import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Published } from '@misp-pipeline/core';
import { goneFiles, managerFiles } from '../manager-files.ts';

/**
 * Removes the compiled form beside each list, also beside lists that are gone. The manager compiles a list again only when
 * its time of change, in whole seconds, is later than that of the compiled form; a list that was put in place with an older
 * time would never be read.
 */
export function removeCompiledLists(home: string, { dir, previousDir }: Published): void {
  for (const { folder, path } of [...managerFiles(dir), ...goneFiles(dir, previousDir)]) {
    if (folder === 'lists') rmSync(join(home, 'etc', `${path}.cdb`), { force: true });
  }
}
