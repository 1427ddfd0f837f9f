import { mkdtempSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A command as it came, or the version of the protocol. */
export interface Request {
  readonly version?: string;
  readonly command?: string;
  readonly arguments?: Readonly<Record<string, string>>;
}

/** What goes back: text in pieces, and then the end of the connection where `hangUp` says so. Nothing at all may go back. */
export interface Reply {
  readonly pieces?: readonly string[];
  readonly hangUp?: boolean;
}

export interface FakeControl {
  readonly socket: string;
  /** Requests so far. */
  readonly requests: readonly Request[];
  close(): Promise<void>;
}

/** The answer of an engine, as one line. */
export function says(message: unknown, ok = true): Reply {
  return { pieces: [`${JSON.stringify({ message, return: ok ? 'OK' : 'NOK' })}\n`] };
}

/** A unix socket that answers as the test wants it. */
export async function startFakeControl(answer: (request: Request) => Reply): Promise<FakeControl> {
  const socket = join(mkdtempSync(join(tmpdir(), 'suricata-control-')), 'socket');
  const requests: Request[] = [];
  const open = new Set<Socket>();
  const server = createServer((connection) => {
    open.add(connection);
    connection.on('error', () => {});
    connection.setEncoding('utf8').on('data', (line: string) => {
      const request: Request = JSON.parse(line);
      requests.push(request);
      void reply(connection, answer(request));
    });
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      for (const connection of open) connection.destroy();
      server.close(() => resolve());
    });
  return { socket, requests, close };
}

/** Each piece is on its way before the next is sent. */
async function reply(connection: Socket, { pieces = [], hangUp = false }: Reply): Promise<void> {
  for (const piece of pieces) {
    await new Promise<void>((resolve) => connection.write(piece, () => setImmediate(resolve)));
  }
  if (hangUp) connection.destroy();
}
