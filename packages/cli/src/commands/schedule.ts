import { EXIT, type Logger, listenAddress, type PipelineConfig } from '@misp-pipeline/core';
import { type Context, findConfig, openConfig, openLogger } from '../context.ts';
import { indexedRun } from '../indexed-run.ts';
import { Daemon } from '../schedule/daemon.ts';
import { type Endpoints, serveEndpoints } from '../schedule/endpoints.ts';
import { healthOf } from '../schedule/health.ts';
import { systemTime } from '../schedule/time.ts';
import { UsageError } from '../usage-error.ts';

/** Runs pipelines, each by its schedule, until a signal ends it. */
export async function schedule(context: Context, named: readonly string[]): Promise<number> {
  const { io, options, signal } = context;
  const logger = openLogger(context);
  let daemon: Daemon | undefined;
  let endpoints: Endpoints | undefined;
  const release = obeySignals(signal, {
    reload: async () => {
      const listen = daemon?.listening?.metrics.listen;
      await daemon?.reload();
      if (daemon?.listening?.metrics.listen !== listen)
        logger.warn('`metrics.listen` has changed: it counts from the next start on');
    },
    ending: () =>
      logger.info('the daemon ends as soon as runs under way have stopped; a second signal ends it at once'),
  });
  try {
    const files = await configFiles(context, named);
    daemon = await Daemon.of(files, (file) => readConfig(context, file), {
      ...{ time: systemTime, random: Math.random, logger, runOnce: indexedRun },
    });
    endpoints = await serve(daemon, logger);
    logger.info({ configs: files }, 'the daemon has begun');
    await daemon.work(signal);
    if (options.json === true) io.json(healthOf(daemon.statuses(), systemTime.now()));
    logger.info('the daemon has ended');
    return EXIT.ok;
  } finally {
    release();
    await endpoints?.close();
  }
}

async function configFiles(context: Context, named: readonly string[]): Promise<readonly string[]> {
  if (named.length === 0) return [await findConfig(context)];
  if (context.options.config === undefined && context.options.env === undefined) return named;
  const hint = 'Write `schedule a.yaml b.yaml` for several, or --config, or --env, for one.';
  throw new UsageError('configs are named both as arguments and by an option', hint);
}

function readConfig(context: Context, file: string): Promise<PipelineConfig> {
  return openConfig({ ...context, options: { ...context.options, config: file } });
}

async function serve(daemon: Daemon, logger: Logger): Promise<Endpoints | undefined> {
  const { listening } = daemon;
  const address = listenAddress(listening?.metrics.listen ?? '');
  if (listening === undefined || address === undefined) return undefined;
  const { faultAt } = listening;
  const statuses = () => daemon.statuses();
  const endpoints = await serveEndpoints(address, { statuses, clock: systemTime, logger, faultAt });
  logger.info({ url: endpoints.url }, 'metrics and health are served');
  if (address.isPublic) logger.warn('other machines reach `metrics.listen`: what it serves asks for no password');
  return endpoints;
}

/** SIGHUP reads the configs again. After the first signal to end, on which runs stop in order, a second one ends at once. */
function obeySignals(end: AbortSignal, { reload, ending }: { reload(): Promise<void>; ending(): void }): () => void {
  const endAtOnce = () => process.exit(EXIT.interrupted);
  const heedSecond = () => {
    for (const name of ['SIGINT', 'SIGTERM']) process.on(name, endAtOnce);
    ending();
  };
  process.on('SIGHUP', reload);
  end.addEventListener('abort', heedSecond, { once: true });
  return () => {
    process.off('SIGHUP', reload);
    end.removeEventListener('abort', heedSecond);
    for (const name of ['SIGINT', 'SIGTERM']) process.off(name, endAtOnce);
  };
}
