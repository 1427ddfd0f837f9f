import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TlsFiles } from '../access/tls.ts';
import type { ServeLimits } from '../options.ts';
import { PROBLEM_TYPE, Problem } from '../wire/problem.ts';

const MAX_HEADER = 16_384;
const HINT = 'Send a request of HTTP/1.1 with headers of 16 kB at most, without a pause.';

const REFUSALS: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: new Problem(431, 'the headers are too large', HINT),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(408, 'the headers took too long', HINT),
};
const UNREADABLE = new Problem(400, 'the request cannot be read', HINT);

/** A server that cuts off whoever is slow or sends what is no HTTP. */
export function createListener(listener: RequestListener, limits: ServeLimits, tls: TlsFiles | undefined): Server {
  const timeout = limits.timeout * 1000;
  const options: ServerOptions = {
    headersTimeout: timeout,
    connectionsCheckingInterval: Math.min(timeout, 1000),
    // Streams may go on for as long as they like; bodies have a timer of their own.
    requestTimeout: 0,
    keepAliveTimeout: timeout,
    maxHeaderSize: MAX_HEADER,
  };
  const server =
    tls === undefined ? createServer(options, listener) : createTlsServer({ ...options, ...tls }, listener);
  server.setTimeout(timeout);
  server.maxConnections = limits.connections;
  return server;
}

/** Answers what is no HTTP, or too slow or too much of it, as long as somebody listens. */
export function refuseUnreadable({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) socket.destroy();
  else socket.end(rawAnswer(REFUSALS[code ?? ''] ?? UNREADABLE), () => socket.destroy());
}

function rawAnswer(problem: Problem): string {
  const document = problem.document();
  const body = JSON.stringify(document);
  const head = [
    `HTTP/1.1 ${document.status} ${document.title}`,
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
