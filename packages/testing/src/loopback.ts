import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A request as a test server got it. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface Loopback {
  /** Base URL without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

export interface TlsFiles {
  /** Private key in PEM. */
  readonly key: string;
  /** Certificate in PEM. */
  readonly cert: string;
}

/** A server on 127.0.0.1 for one test, on a port that the system chooses. */
export async function startLoopback(
  answer: (request: ReceivedRequest, response: ServerResponse) => void,
  tls?: TlsFiles,
): Promise<Loopback> {
  const listener: RequestListener = (incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url: path = '', headers } = incoming;
      answer({ method, path, headers, body: Buffer.concat(chunks) }, response);
    });
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`, close: () => stop(server) };
}

function stop(server: Pick<Server, 'close' | 'closeAllConnections'>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
