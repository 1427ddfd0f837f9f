import { once } from 'node:events';
import { chmod, rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Handover } from './handover.ts';
import type { Lines, StreamOptions } from './lines.ts';
import { readInput } from './read-input.ts';

/** Owner and group may write, as the engine often runs as another user. */
const MODE = 0o660;

/**
 * Lines that engines write to a unix socket on which we listen (Suricata: `filetype: unix_stream`). Each connection has
 * lines of its own. While nobody asks for lines none is taken, so that the engine waits or drops, and memory stays small.
 * Ends when the signal aborts.
 */
export async function* listen(path: string, options: StreamOptions): AsyncGenerator<Lines> {
  await clear(path);
  const handover = new Handover<Lines>(options.signal);
  const server = createServer((socket) => void receive(socket, handover, options));
  await open(server, path);
  try {
    yield* handover.taken();
  } finally {
    server.close();
    await rm(path, { force: true });
  }
}

async function receive(socket: Socket, handover: Handover<Lines>, options: StreamOptions): Promise<void> {
  try {
    for await (const lines of readInput(socket, options)) await handover.give(lines);
  } catch {
    // The engine went away in the middle of a line; it connects again.
  }
}

async function open(server: Server, path: string): Promise<void> {
  server.listen(path);
  await once(server, 'listening');
  await chmod(path, MODE);
}

/** Takes away a socket that nobody listens on any more. */
async function clear(path: string): Promise<void> {
  const isSocket = await stat(path).then(
    (found) => found.isSocket(),
    () => undefined,
  );
  if (isSocket === undefined) return;
  if (!isSocket) throw new Error(`\`${path}\` is there, and is no socket`);
  if (await answers(path)) throw new Error(`another program listens on \`${path}\``);
  await rm(path);
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
