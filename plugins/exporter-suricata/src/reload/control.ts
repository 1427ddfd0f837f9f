import { createConnection, type Socket } from 'node:net';
import { messageOf, z } from '@misp-pipeline/core';
import { hasHungUp } from '@misp-pipeline/ids-rules';
import { quoted } from './words.ts';

/** What the engine answers to a command. */
export interface Answer {
  /** Whether it says `OK`. */
  readonly ok: boolean;
  /** Text, or what the command asked for. */
  readonly message: unknown;
}

/** The engine answered in a way that tells nothing, or not at all. */
export class Misbehaviour extends Error {}

/**
 * Longest command in bytes. Suricata 7.0.10 reads commands into 4,096 bytes, and a longer one does not only break the
 * connection: it ends the engine.
 */
const LONGEST_COMMAND = 4000;

/** Longest answer in characters: the failed rules of a sensor are answered as one text. */
const LONGEST_ANSWER = 1 << 26;

const answerShape = z.object({ return: z.enum(['OK', 'NOK']), message: z.unknown().optional() });

/** A connection to the unix socket of a running Suricata: JSON lines, one answer to each command, one after the other. */
export class Control {
  readonly #socket: Socket;
  readonly #chunks: AsyncIterator<string>;
  readonly #timeout: number;

  private constructor(socket: Socket, timeout: number) {
    this.#socket = socket;
    this.#chunks = socket.setEncoding('utf8')[Symbol.asyncIterator]();
    this.#timeout = timeout;
  }

  /** Connects and agrees on the protocol. `timeout` is in seconds, for each answer. Throws when nobody listens there. */
  static async open(path: string, timeout: number, signal: AbortSignal): Promise<Control> {
    const socket = createConnection({ path, signal });
    await connected(socket, path, signal);
    const control = new Control(socket, timeout);
    const { ok, message } = await control.#exchange('version 0.2 of the protocol', { version: '0.2' });
    if (!ok) throw new Misbehaviour(`refused version 0.2 of its protocol: ${quoted(message)}`);
    return control;
  }

  /** Throws {@link Misbehaviour} unless an answer comes. */
  ask(command: string, args?: object): Promise<Answer> {
    return this.#exchange(`\`${command}\``, { command, arguments: args });
  }

  /** The message of a command that the engine carries out. Throws {@link Misbehaviour} when it refuses. */
  async demand(command: string): Promise<unknown> {
    const { ok, message } = await this.ask(command);
    if (!ok) throw new Misbehaviour(`refused \`${command}\`: ${quoted(message)}`);
    return message;
  }

  close(): void {
    this.#socket.destroy();
  }

  async #exchange(what: string, request: object): Promise<Answer> {
    const line = `${JSON.stringify(request)}\n`;
    if (Buffer.byteLength(line) > LONGEST_COMMAND) throw new Error(`${what} is too long for Suricata`);
    const late = new Misbehaviour(`did not answer ${what} within ${this.#timeout} seconds`);
    const timer = setTimeout(() => this.#socket.destroy(late), this.#timeout * 1000);
    try {
      // In one piece: Suricata drops a connection on which a command comes in several.
      this.#socket.write(line);
      return answerOf(await this.#line(what), what);
    } finally {
      clearTimeout(timer);
    }
  }

  async #line(what: string): Promise<string> {
    let text = '';
    let chunk = '';
    while (!chunk.includes('\n')) {
      chunk = await this.#next(what);
      text += chunk;
      if (text.length > LONGEST_ANSWER) throw new Misbehaviour(`answered ${what} without an end`);
    }
    return text;
  }

  async #next(what: string): Promise<string> {
    try {
      const { value, done } = await this.#chunks.next();
      if (done !== true) return value;
    } catch (error) {
      if (!hasHungUp(error)) throw error;
    }
    throw new Misbehaviour(`closed the connection instead of answering ${what}`);
  }
}

async function connected(socket: Socket, path: string, signal: AbortSignal): Promise<void> {
  // Later errors reach whoever waits for an answer.
  socket.on('error', () => {});
  try {
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(
      `no Suricata can be reached on the socket \`${path}\` (${messageOf(error)}): does it run, does its suricata.yaml ` +
        'name this file under `unix-command`, and may this user write to it?',
    );
  }
}

function answerOf(line: string, what: string): Answer {
  const answer = answerShape.safeParse(parsed(line));
  if (!answer.success) throw new Misbehaviour(`answered ${what} with ${quoted(line.trimEnd())}`);
  return { ok: answer.data.return === 'OK', message: answer.data.message };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // is no answer either
  }
}
