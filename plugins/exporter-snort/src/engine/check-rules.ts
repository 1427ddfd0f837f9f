import { join } from 'node:path';
import type { CheckReport, RefusedEntry, Staged } from '@misp-pipeline/core';
import { examineRules } from './examine-rules.ts';
import type { Snort } from './snort.ts';

/** The word of Snort on all staged rule files; undefined when it is not to be found. */
export async function checkRules({ dir, files }: Staged, snort: Snort): Promise<CheckReport | undefined> {
  const engine = await snort.name();
  if (engine === undefined) return undefined;
  const refused: RefusedEntry[] = [];
  const messages: string[] = [];
  let accepted = true;
  for (const file of files.filter((path) => path.endsWith('.rules'))) {
    const examined = await examineRules(join(dir, file), snort);
    accepted &&= examined.accepted;
    messages.push(...examined.messages);
    for (const [text, message] of examined.refused) refused.push({ file, text, message });
  }
  return { engine, accepted, runs: snort.runs, refused, messages };
}
