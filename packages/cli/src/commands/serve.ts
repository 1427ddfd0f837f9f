import { once } from 'node:events';
import { EXIT, listenAddress, type PipelineConfig, pipelineError, systemClock } from '@misp-pipeline/core';
import { candidatesOf } from '@misp-pipeline/misp';
import { startServer } from '@misp-pipeline/serve';
import { type Context, openConfig, openLogger } from '../context.ts';
import { openIndex } from '../open-index.ts';

export interface ServeCommandOptions {
  /** Whether other machines may ask without TLS, which a proxy has instead. */
  readonly insecureHttp?: boolean;
}

/** A config with what it says of the service. */
export type ServedConfig = Pick<PipelineConfig, 'name' | 'state' | 'index' | 'serve' | 'faultAt'>;

/** Answers look-ups over HTTP, until a signal ends it. */
export async function serve(context: Context, options: ServeCommandOptions): Promise<number> {
  return serveConfig(context, await openConfig(context), options);
}

/** {@link serve} for a config that is open. */
export async function serveConfig(
  context: Context,
  config: ServedConfig,
  { insecureHttp = false }: ServeCommandOptions,
): Promise<number> {
  const { name, serve: options, faultAt } = config;
  const address = listenAddress(options.listen);
  if (address === undefined) throw invalid(faultAt('serve.listen', 'is no address and port, such as `127.0.0.1:8472`'));
  const logger = openLogger(context).child({ pipeline: name });
  const index = openIndex(config);
  const parts = {
    options,
    address,
    insecureHttp,
    index,
    readingsOf: candidatesOf,
    clock: systemClock,
    logger,
    faultAt,
  };
  try {
    const server = await startServer(parts);
    process.on('SIGHUP', server.reloadTls);
    logger.info({ url: server.url }, 'look-ups are answered');
    if (!context.signal.aborted) await once(context.signal, 'abort');
    logger.info('the service ends as soon as it has answered what it was asked; a second signal ends it at once');
    await server.close();
    process.off('SIGHUP', server.reloadTls);
    return EXIT.ok;
  } finally {
    await index.close();
  }
}

function invalid(fault: string): Error {
  return pipelineError('CONFIG_INVALID', { faults: [fault] });
}
