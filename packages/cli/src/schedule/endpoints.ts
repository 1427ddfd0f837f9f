import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Clock,
  type FaultAt,
  type ListenAddress,
  type Logger,
  messageOf,
  pipelineError,
} from '@misp-pipeline/core';
import type { PipelineStatus } from '../metrics/family.ts';
import { METRICS_TYPE, metricsText } from '../metrics/metrics-text.ts';
import { healthOf } from './health.ts';

/** What the endpoints show. */
export interface EndpointsOptions {
  readonly statuses: () => readonly PipelineStatus[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** Tells what is wrong with the config. */
  readonly faultAt: FaultAt;
}

/** Endpoints that are being served. */
export interface Endpoints {
  readonly url: string;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

/** Answers are small and made at once, so whoever takes long, or asks for much, is cut off. */
const LIMITS = { headersTimeout: 5000, requestTimeout: 5000, keepAliveTimeout: 5000, maxHeaderSize: 8192 };
const MOST_CONNECTIONS = 64;

const ROUTES: Readonly<Record<string, (options: EndpointsOptions) => Promise<Answer> | Answer>> = {
  '/livez': () => ({ status: 200, type: TEXT, body: 'alive\n' }),
  '/readyz': ({ statuses }) => {
    const waiting = statuses().filter(({ daemon }) => daemon?.ready !== true);
    if (waiting.length === 0) return { status: 200, type: TEXT, body: 'ready\n' };
    return { status: 503, type: TEXT, body: `not ready: ${waiting.map(({ name }) => name).join(', ')}\n` };
  },
  '/health': ({ statuses, clock }) => {
    return { status: 200, type: JSON_TYPE, body: `${JSON.stringify(healthOf(statuses(), clock.now()), null, 2)}\n` };
  },
  '/metrics': async ({ statuses, clock }) => {
    return { status: 200, type: METRICS_TYPE, body: await metricsText(statuses(), clock.now()) };
  },
};

/** Serves metrics and health. Throws CONFIG_INVALID when the address cannot be used. */
export async function serveEndpoints({ host, port }: ListenAddress, options: EndpointsOptions): Promise<Endpoints> {
  const listener: RequestListener = async ({ method = '', url = '' }, response) => {
    send(response, method, await answerTo(method, url, options));
  };
  const server = createServer(LIMITS, listener);
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: Error) => {
      const fault = options.faultAt('metrics.listen', `nothing can be served: ${messageOf(error)}`);
      reject(pipelineError('CONFIG_INVALID', { faults: [fault] }, error));
    };
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      resolve();
    });
  });
  const { port: bound } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`, close };
}

async function answerTo(method: string, url: string, options: EndpointsOptions): Promise<Answer> {
  const route = Object.hasOwn(ROUTES, url) ? ROUTES[url] : undefined;
  if (route === undefined) return { status: 404, type: TEXT, body: 'not found\n' };
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, type: TEXT, body: 'only GET and HEAD\n' };
  try {
    return await route(options);
  } catch (error) {
    options.logger.error(`\`${url}\` has no answer: ${messageOf(error)}`);
    return { status: 500, type: TEXT, body: 'no answer; the log says why\n' };
  }
}

function send(response: ServerResponse, method: string, { status, type, body }: Answer): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
  });
  response.end(method === 'HEAD' ? undefined : body);
}
