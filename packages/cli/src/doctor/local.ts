import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { EXIT, messageOf, type PipelineConfig, runEngine } from '@misp-pipeline/core';
import { isRecord } from '@misp-pipeline/misp';
import { type Finding, ofStage, ok, problem, warning } from './finding.ts';

/** What is on this machine: the state folder and the engines. */
export async function localFindings(config: PipelineConfig, signal: AbortSignal): Promise<Finding[]> {
  const findings = [stateFinding(config.state)];
  for (const exporter of config.exporters) {
    const finding = await engineFinding(exporter, signal);
    if (finding !== undefined) findings.push(...ofStage(exporter.id, [finding]));
  }
  return findings;
}

function stateFinding(state: string): Finding {
  const folder = nearestFolder(state);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return ok(
      'state/writable',
      folder === state ? `\`${state}\` can be written` : `\`${state}\` will be made by the first run`,
    );
  } catch (error) {
    const todo = `Let this user write \`${folder}\`, or give the config another \`state\`.`;
    return problem('state/read-only', `\`${state}\` cannot be written: ${messageOf(error)}`, todo, EXIT.config);
  }
}

function nearestFolder(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path));
}

/** Seconds that an engine may take to say its version. */
const PATIENCE = 20;
/** How a shell, or docker, says that there is no such program. */
const NO_PROGRAM = new Set([126, 127]);

async function engineFinding(
  { options, check }: PipelineConfig['exporters'][number],
  signal: AbortSignal,
): Promise<Finding | undefined> {
  const command = engineCommand(options);
  if (command === undefined || check === 'off') return undefined;
  const shown = command.join(' ');
  const why = await absence(command, signal);
  if (why === undefined) return ok('engine/here', `\`${shown}\` is here and can check what is written`);
  const todo = 'Install it, or say with `engine.command` of the exporter how to call it.';
  if (check === 'required')
    return problem('engine/absent', `\`${shown}\` ${why}, and \`check\` requires it`, todo, EXIT.engine);
  return warning('engine/absent', `\`${shown}\` ${why}: what is written is not checked`, todo);
}

async function absence(command: readonly string[], signal: AbortSignal): Promise<string | undefined> {
  try {
    const run = await runEngine([...command, '--version'], { signal, timeout: PATIENCE });
    return run === undefined || NO_PROGRAM.has(run.code ?? 0) ? 'is not here' : undefined;
  } catch (error) {
    signal.throwIfAborted();
    return `does not run: ${messageOf(error)}`;
  }
}

function engineCommand(options: unknown): readonly string[] | undefined {
  const engine = isRecord(options) ? options.engine : undefined;
  const command = isRecord(engine) ? engine.command : undefined;
  return Array.isArray(command) && command.every((word) => typeof word === 'string') ? command : undefined;
}
