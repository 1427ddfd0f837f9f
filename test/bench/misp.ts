import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Rows } from './rows.ts';

export interface Misp {
  readonly url: string;
  close(): void;
}

/** A server that answers attribute searches with rows from the disk, with the counts that MISP 2.5.1 gives. */
export async function serveMisp(rows: Rows): Promise<Misp> {
  const server = createServer((request, response) => void answer(rows, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

async function answer(rows: Rows, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('content-type', 'application/json');
  if (request.method === 'GET') {
    response.end('{"version":"2.5.1"}');
    return;
  }
  const { limit, page }: { limit: number; page: number } = JSON.parse(await text(request));
  const start = (page - 1) * limit;
  const count = Math.max(0, Math.min(limit, rows.count - start));
  response.setHeader('x-result-count', start + limit < rows.count ? limit + 1 : Math.max(1, count));
  response.setHeader('x-skipped-elements-count', 0);
  response.end(rows.answer(start, limit));
}
