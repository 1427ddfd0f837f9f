import { EXIT, isPipelineError, type PipelineConfig } from '@misp-pipeline/core';
import { type Context, openConfig } from '../context.ts';
import { openClient, type ServerConfig, serversOf } from '../server.ts';
import { UsageError } from '../usage-error.ts';
import { type Finding, ofStage, ok, problem } from './finding.ts';
import { localFindings } from './local.ts';
import { serverFindings } from './server.ts';

/** All that was looked at, and what it comes to. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
  readonly warnings: number;
  readonly errors: number;
  /** Of the error that comes first in the order config, key, server, engine; 0 without errors. */
  readonly exitCode: number;
}

/** Looks at the config, at this machine, and at each MISP server of the config, or at the one that `source` names. */
export async function diagnose(context: Context, source: string | undefined): Promise<Diagnosis> {
  const findings: Finding[] = [];
  const config = await configOr(context, (finding) => findings.push(finding));
  if (config !== undefined) {
    const servers = serversOf(config).filter(({ id }) => source === undefined || id === source);
    if (servers.length === 0 && source !== undefined)
      throw new UsageError(
        `no source \`${source}\` of the config is a MISP server`,
        'Leave --source out to look at all.',
      );
    findings.push(ok('config', `\`${config.file}\` is valid`), ...(await localFindings(config, context.signal)));
    if (servers.length === 0) findings.push(ok('server', 'no source of the config is a MISP server'));
    for (const server of servers) findings.push(...ofStage(server.id, await examined(context, server)));
  }
  const errors = findings.filter(({ level }) => level === 'error');
  return {
    findings,
    warnings: findings.filter(({ level }) => level === 'warning').length,
    errors: errors.length,
    exitCode: errors.length === 0 ? EXIT.ok : Math.min(...errors.map(({ exitCode = EXIT.unexpected }) => exitCode)),
  };
}

async function configOr(context: Context, failed: (finding: Finding) => void): Promise<PipelineConfig | undefined> {
  try {
    return await openConfig(context);
  } catch (error) {
    if (!isPipelineError(error)) throw error;
    failed(problem('config', error.message, error.hint, error.exitCode));
    return undefined;
  }
}

async function examined(context: Context, server: ServerConfig): Promise<Finding[]> {
  try {
    return await serverFindings(server, await openClient(context, server), context.signal);
  } catch (error) {
    if (!isPipelineError(error)) throw error;
    return [problem('server', error.message, error.hint, error.exitCode)];
  }
}
