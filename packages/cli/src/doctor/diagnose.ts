import { EXIT, isPipelineError, type PipelineConfig } from '@misp-pipeline/core';
import { type Context, openConfig } from '../context.ts';
import { visible } from '../render/visible.ts';
import { openClient, type ServerConfig, serversOf } from '../server.ts';
import { UsageError } from '../usage-error.ts';
import { type CommandLine, commandLine } from './command-line.ts';
import { type Finding, ofStage, ok, problem } from './finding.ts';
import { localFindings } from './local.ts';
import { serverFindings } from './server.ts';

/** All that was looked at, and what it comes to. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
  readonly warnings: number;
  readonly errors: number;
  /** Of the program: that of the error that comes first in the order config, key, server, engine. */
  readonly exitCode: number;
}

export interface DiagnoseOptions {
  /** Key of the MISP source to look at; all when left out. */
  readonly source: string | undefined;
  /** Take warnings for errors. */
  readonly strict: boolean;
}

/** Looks at the config, at this machine, and at each MISP server of the config, or at the one that `source` names. */
export async function diagnose(context: Context, { source, strict }: DiagnoseOptions): Promise<Diagnosis> {
  const findings: Finding[] = [];
  const config = await configOr(context, (finding) => findings.push(finding));
  if (config !== undefined) {
    const all = serversOf(config);
    const servers = all.filter(({ id }) => source === undefined || id === source);
    if (servers.length === 0 && source !== undefined)
      throw new UsageError(
        `no source \`${visible(source)}\` of the config is a MISP server`,
        'Leave --source out to look at all.',
      );
    findings.push(ok('config/valid', `\`${config.file}\` is valid`), ...(await localFindings(config, context.signal)));
    if (servers.length === 0) findings.push(ok('server/none', 'no source of the config is a MISP server'));
    for (const server of servers) {
      const typed = commandLine(context, all.length > 1 ? server.id : undefined);
      findings.push(...ofStage(server.id, await examined(context, server, typed)));
    }
  }
  const errors = findings.filter(({ level }) => level === 'error');
  const warnings = findings.filter(({ level }) => level === 'warning').length;
  return { findings, warnings, errors: errors.length, exitCode: exitCodeOf(errors, strict && warnings > 0) };
}

function exitCodeOf(errors: readonly Finding[], warned: boolean): number {
  if (errors.length > 0) return Math.min(...errors.map(({ exitCode = EXIT.unexpected }) => exitCode));
  return warned ? EXIT.unexpected : EXIT.ok;
}

async function configOr(context: Context, failed: (finding: Finding) => void): Promise<PipelineConfig | undefined> {
  try {
    return await openConfig(context);
  } catch (error) {
    if (!isPipelineError(error)) throw error;
    failed(problem('config/invalid', error.message, error.hint, error.exitCode));
    return undefined;
  }
}

async function examined(context: Context, server: ServerConfig, typed: CommandLine): Promise<Finding[]> {
  try {
    return await serverFindings(context, server, await openClient(context, server), typed);
  } catch (error) {
    if (!isPipelineError(error)) throw error;
    return [problem('server/options', error.message, error.hint, error.exitCode)];
  }
}
