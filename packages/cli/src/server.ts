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
  isRecord,
  type MispClient,
  type ServerOptions,
} from '@misp-pipeline/misp';
import { type Context, openConfig, openLogger } from './context.ts';
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
    throw error instanceof HttpError ? serverError(chosen.id, error) : error;
  }
}

export async function openClient(context: Context, { id, options }: ServerConfig): Promise<MispClient> {
  try {
    return await connect(options, openLogger(context));
  } catch (error) {
    const faults = [`ca: ${messageOf(error)}`];
    throw pipelineError('STAGE_INPUT', { stage: `source ${id}`, faults }, error);
  }
}

function chooseServer(config: PipelineConfig, wanted: string | undefined): ServerConfig {
  const servers = serversOf(config);
  const ids = servers.map(({ id }) => `\`${id}\``).join(', ');
  const [first] = servers;
  if (first === undefined) throw noServer(config);
  if (wanted === undefined) {
    if (servers.length === 1) return first;
    throw new UsageError(`the config has several MISP servers: ${ids}`, 'Say which one with --source ID.');
  }
  const found = servers.find(({ id }) => id === wanted);
  if (found !== undefined) return found;
  throw new UsageError(`no source \`${wanted}\` of the config is a MISP server`, `Those that are: ${ids}.`);
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
export function serverError(source: string, { kind, message }: HttpError): PipelineError {
  const refused = kind === 'refused';
  const code = refused ? 'SOURCE_REFUSED' : 'SOURCE_UNREACHABLE';
  const exit = refused ? EXIT.authentication : EXIT.source;
  return new PipelineError(code, exit, `source \`${source}\`: ${message}`, HINTS[kind] ?? OTHER_HINT);
}

const OTHER_HINT = '`misp-pipeline doctor` looks at the server, the key and the network one by one.';

const HINTS: Partial<Record<HttpFailure, string>> = {
  refused: 'Check the key, its role and the addresses it may be used from; changing feeds needs a site admin.',
  redirected: 'MISP redirects to its login page while it is down for maintenance; anything else is a wrong `url`.',
  untrusted: 'Name its certificate authority in `ca` of the source if it is your own.',
};
