import { readFile } from 'node:fs/promises';
import {
  EXIT,
  messageOf,
  type PipelineConfig,
  PipelineError,
  pipelineError,
  type StageConfig,
} from '@misp-pipeline/core';
import {
  connect,
  HttpError,
  type HttpFailure,
  isMaintenance,
  isRecord,
  type MispClient,
  type ServerOptions,
} from '@misp-pipeline/misp';
import { type Context, openConfig, openLogger } from './context.ts';
import { visible } from './render/visible.ts';
import { distrustAdvice, speaksNoTls } from './tls-advice.ts';
import { UsageError } from './usage-error.ts';

/** A MISP server that the config reads. */
export interface ServerConfig {
  /** Key of the source in the config. */
  readonly id: string;
  readonly options: ServerOptions;
}

export interface Server extends ServerConfig {
  readonly client: MispClient;
}

/** Options of each command that talks to a server. */
export interface ServerCommandOptions {
  /** Key of the source in the config. */
  readonly source?: string;
}

const PLUGIN = 'misp';

/** The sources of a config that are MISP servers. */
export function serversOf(config: PipelineConfig): ServerConfig[] {
  return config.sources.flatMap(({ id, resolved, options }: StageConfig) =>
    resolved.plugin.name === PLUGIN && isServerOptions(options) ? [{ id, options }] : [],
  );
}

/** Whether a plugin's parsed options are those that every reader of a MISP server has. */
function isServerOptions(options: unknown): options is ServerOptions {
  if (!isRecord(options)) return false;
  const { url, key, timeout, verifyTls } = options;
  const isSecret = typeof key === 'object' && key !== null && 'reveal' in key;
  return isSecret && typeof url === 'string' && typeof timeout === 'number' && typeof verifyTls === 'boolean';
}

/** Does something with the server that the person means, and turns its failures into errors of the program. */
export async function withServer(
  context: Context,
  { source }: ServerCommandOptions,
  act: (server: Server) => Promise<number>,
): Promise<number> {
  const chosen = chooseServer(await openConfig(context), source);
  const client = await openClient(context, chosen);
  try {
    return await act({ ...chosen, client });
  } catch (error) {
    throw error instanceof HttpError ? serverError(chosen, error) : error;
  }
}

export async function openClient(context: Context, { id, options }: ServerConfig): Promise<MispClient> {
  try {
    await checkAuthority(options);
    return await connect(options, openLogger(context));
  } catch (error) {
    const faults = [`ca: ${messageOf(error)}`];
    throw pipelineError('STAGE_INPUT', { stage: `source ${id}`, faults }, error);
  }
}

/** A file without a certificate would be taken without a word, and then trust nobody. */
async function checkAuthority({ ca }: ServerOptions): Promise<void> {
  if (ca === undefined || /^-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----/m.test(await readFile(ca, 'utf8'))) return;
  throw new Error(`\`${ca}\` holds no certificate: it has no line \`-----BEGIN CERTIFICATE-----\``);
}

function chooseServer(config: PipelineConfig, wanted: string | undefined): ServerConfig {
  const servers = requireServers(config);
  if (wanted !== undefined) return serverNamed(servers, wanted);
  const [first, ...others] = servers;
  if (others.length === 0) return first;
  throw new UsageError(`the config has several MISP servers: ${idsOf(servers)}`, 'Say which one with --source ID.');
}

/** {@link serversOf}, for a command that needs one. Throws when there is none. */
export function requireServers(config: PipelineConfig): readonly [ServerConfig, ...ServerConfig[]] {
  const [first, ...others] = serversOf(config);
  if (first === undefined) throw noServer(config);
  return [first, ...others];
}

/** The server with an id. Throws a {@link UsageError} when there is none. */
export function serverNamed(servers: readonly ServerConfig[], wanted: string): ServerConfig {
  const found = servers.find(({ id }) => id === wanted);
  if (found !== undefined) return found;
  const hint = `Those that are: ${idsOf(servers)}.`;
  throw new UsageError(`no source \`${visible(wanted)}\` of the config is a MISP server`, hint);
}

function idsOf(servers: readonly ServerConfig[]): string {
  return servers.map(({ id }) => `\`${id}\``).join(', ');
}

function noServer({ file }: PipelineConfig): PipelineError {
  const line = `{ use: ${PLUGIN}, with: { url: 'https://misp.example.org', key: '\${env:MISP_KEY}' } }`;
  return new PipelineError(
    'CONFIG_INVALID',
    EXIT.config,
    `no source in \`${file}\` that is enabled is a MISP server`,
    `Write one under sources, such as \`cert: ${line}\`, or name another config with --config FILE.`,
  );
}

/** The error of the program for a request that failed. */
function serverError({ id, options }: ServerConfig, error: HttpError): PipelineError {
  const refused = error.kind === 'refused';
  const code = refused ? 'SOURCE_REFUSED' : 'SOURCE_UNREACHABLE';
  const exit = refused ? EXIT.authentication : EXIT.source;
  if (speaksNoTls(error))
    return new PipelineError(code, exit, `source \`${id}\`: \`${options.url}\`: the port speaks no TLS`, NO_TLS_HINT);
  return new PipelineError(code, exit, `source \`${id}\`: ${error.message}`, hintFor(error));
}

const NO_TLS_HINT = 'Write the port of https in `url` of the source, or `http://`.';

function hintFor(error: HttpError): string {
  if (error.kind === 'untrusted') return distrustAdvice(error.code);
  if (isMaintenance(error)) return 'MISP is down for maintenance: wait, or set MISP.live on the server.';
  return HINTS[error.kind] ?? '`misp-pipeline doctor` looks at the server, the key and the network one by one.';
}

const HINTS: Partial<Record<HttpFailure, string>> = {
  refused: 'Check the key, its role and the addresses it may be used from; changing feeds needs a site admin.',
  redirected: 'The `url` of the source is not that of MISP itself; `misp-pipeline doctor` tells more.',
  busy: 'Wait a quarter of an hour, or raise the rate limit of the role.',
};
