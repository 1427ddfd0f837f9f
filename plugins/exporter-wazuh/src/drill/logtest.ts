import { runEngine } from '@misp-pipeline/core';
import { engineName } from '../engine/check.ts';
import type { WazuhEngine } from '../engine/options.ts';

/** Lines that one run is given; each run reads the manager's whole ruleset first. */
const LINES_AT_ONCE = 2000;

/** Name and version of the manager, or undefined where `wazuh-logtest` is not installed. */
export async function logtestVersion(
  { logtest: command, timeout }: WazuhEngine,
  signal: AbortSignal,
): Promise<string | undefined> {
  const run = await runEngine([...command, '-V'], { signal, timeout });
  return run && engineName(`${run.stdout}\n${run.stderr}`);
}

/**
 * Gives log lines to `wazuh-logtest`, which asks the running manager; returns for each the id of the rule that took it, or
 * undefined when none did. Throws when the answers cannot be matched with the lines.
 */
export async function logtest(
  lines: readonly string[],
  { logtest: command, timeout }: WazuhEngine,
  signal: AbortSignal,
): Promise<readonly (number | undefined)[]> {
  const rules: (number | undefined)[] = [];
  for (let start = 0; start < lines.length; start += LINES_AT_ONCE) {
    const batch = lines.slice(start, start + LINES_AT_ONCE);
    const run = await runEngine(command, { input: `${batch.join('\n')}\n`, signal, timeout });
    const said = `${run?.stdout ?? ''}\n${run?.stderr ?? ''}`;
    const answers = readAnswers(said);
    if (answers.length !== batch.length) throw new Error(strayAnswer(said, answers.length, batch.length));
    rules.push(...answers);
  }
  return rules;
}

/**
 * Reads what `wazuh-logtest` printed: for each event three phases, the last of which, if a rule took the event, begins
 * with that rule's id. Fields of the event are printed in the phases before, indented as well.
 */
export function readAnswers(said: string): readonly (number | undefined)[] {
  const events = said.split(/^\*\*Phase 1: /m).slice(1);
  return events.map((event) => {
    const rule = event.split(/^\*\*Phase 3: /m)[1];
    const id = rule && /^\s+id: '(\d+)'/m.exec(rule)?.[1];
    return id === undefined || id === '' ? undefined : Number(id);
  });
}

function strayAnswer(said: string, answers: number, lines: number): string {
  const error = said.split('\n').find((line) => /error/i.test(line));
  return `\`wazuh-logtest\` answered ${answers} of ${lines} lines${error === undefined ? '' : `: ${error.trim()}`}`;
}
