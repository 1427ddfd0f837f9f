import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Published } from '@misp-pipeline/core';
import { type Finding, fault } from './finding.ts';

/** Live files that are not what was published: whatever the engine says of them says nothing of what was meant. */
export function fileFindings({ dir, files }: Published): Finding[] {
  return files.flatMap(({ path, sha256 }) => {
    const live = join(dir, path);
    if (!existsSync(live)) return [fault(`\`${path}\` is missing from \`${dir}\``)];
    return hash('sha256', readFileSync(live)) === sha256 ? [] : [fault(`\`${path}\` is not as it was published`)];
  });
}
