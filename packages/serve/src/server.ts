import { Server as TlsServer } from 'node:https';
import { messageOf, pipelineError } from '@misp-pipeline/core';
import type { FastifyInstance } from 'fastify';
import { listeningFaults } from './access/listening.ts';
import { readTls } from './access/tls.ts';
import { createApp } from './http/app.ts';
import type { ServerParts } from './parts.ts';
import { ServeMetrics } from './watch/metrics.ts';
import { SnapshotWatch } from './watch/snapshot-watch.ts';

/** A service that answers. */
export interface RunningServer {
  readonly url: string;
  /** Reads the certificate and its key again. When they cannot be used, the old ones stay and the log says why. */
  reloadTls(): Promise<void>;
  /** Answers what it was asked, and nothing more. What takes longer than the time limit of requests is cut off. */
  close(): Promise<void>;
}

/** Begins to answer. Throws CONFIG_INVALID when it must not, or cannot, listen there. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const { options, logger, index, clock, faultAt } = parts;
  const faults = listeningFaults(parts);
  if (faults.length > 0) throw pipelineError('CONFIG_INVALID', { faults });
  const tls = options.tls && (await readTls(options.tls, faultAt));
  const metrics = new ServeMetrics();
  const watch = new SnapshotWatch({ index, maxAge: options.maxAge, clock, logger, metrics });
  const app = await createApp({ ...parts, metrics, watch, tls });
  await listen(app, parts);
  await watch.look();
  watch.start();
  return {
    url: urlOf(app, parts),
    reloadTls: () => reloadTls(app, parts),
    close: () => {
      watch.stop();
      return closeWithin(app, options.limits.timeout);
    },
  };
}

async function listen(app: FastifyInstance, { address: { host, port }, options, faultAt }: ServerParts): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const fault = faultAt('serve.listen', `nothing can be served on \`${options.listen}\`: ${messageOf(error)}`);
    throw pipelineError('CONFIG_INVALID', { faults: [fault] }, error);
  }
}

function urlOf(app: FastifyInstance, { address: { host }, options }: ServerParts): string {
  const bound = app.server.address();
  const port = typeof bound === 'object' ? bound?.port : undefined;
  return `${options.tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function reloadTls(
  { server }: FastifyInstance,
  { options: { tls }, logger, faultAt }: ServerParts,
): Promise<void> {
  if (tls === undefined || !(server instanceof TlsServer)) return;
  try {
    server.setSecureContext(await readTls(tls, faultAt));
    logger.info('the certificate was read again');
  } catch (error) {
    logger.error(`the certificate stays as it was: ${messageOf(error)}`);
  }
}

async function closeWithin(app: FastifyInstance, seconds: number): Promise<void> {
  const cutOff = setTimeout(() => app.server.closeAllConnections(), seconds * 1000);
  try {
    await app.close();
  } finally {
    clearTimeout(cutOff);
  }
}
