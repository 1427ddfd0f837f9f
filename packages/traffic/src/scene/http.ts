import { fromClient, fromPeer } from '../conversation.ts';
import type { Listed } from '../listed.ts';
import { HTTP_PORT, httpRequest, httpResponse } from '../protocol/http.ts';
import type { Scene } from './scene.ts';

export interface Fetch {
  /** Address of the server; left out: a plain one. */
  readonly server?: string;
  readonly port?: number;
  readonly method?: string;
  /** As in the Host header; left out: a plain one. */
  readonly host?: string;
  readonly target?: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly userAgent?: string;
  readonly body?: Uint8Array;
  /** Left out: a page. */
  readonly response?: Uint8Array;
}

const HTML = Buffer.from('<html></html>\n', 'latin1');
const PAGE = httpResponse({ contentType: 'text/html', filename: undefined, body: HTML });
const NOTHING = Buffer.alloc(0);

/** A client sends a request and gets a page. */
export function fetchPage({ plain }: Listed, fetch: Fetch): Scene {
  const { server = plain.server[4], port = HTTP_PORT, method = 'GET', host = plain.host, target = '/' } = fetch;
  const { headers = [], userAgent = plain.userAgent, body = NOTHING, response = PAGE } = fetch;
  return {
    what: `HTTP request ${method} ${target} to ${host}`,
    protocol: 'http',
    conversation: () => {
      const request = fromClient(httpRequest({ method, target, host, userAgent, headers, body }));
      const messages = [request, fromPeer(response)];
      return { transport: 'tcp', peer: server, peerPort: port, opener: 'client', messages };
    },
  };
}

const PROXY_PORT = 8080;

/** A client asks a proxy for a page, with the whole URL in the request line. */
export function fetchThroughProxy(listed: Listed, host: string, target: string): Scene {
  const server = listed.plain.proxy[4];
  return fetchPage(listed, { server, port: PROXY_PORT, host, target: `http://${host}${target}` });
}

const CONNECTED = Buffer.from('HTTP/1.1 200 Connection established\r\n\r\n', 'latin1');

/** A client asks a proxy for a connection. */
export function connectThroughProxy(listed: Listed, name: string): Scene {
  const server = listed.plain.proxy[4];
  const host = `${name}:443`;
  return fetchPage(listed, { server, port: PROXY_PORT, method: 'CONNECT', host, target: host, response: CONNECTED });
}
