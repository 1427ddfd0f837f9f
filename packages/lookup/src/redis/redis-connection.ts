import { messageOf, oneLine, type RedisOptions, redact } from '@misp-pipeline/core';
import { createClient, ErrorReply, MultiErrorReply, type RedisClientOptions } from '@redis/client';
import { clientOptions } from './client-options.ts';
import { IndexUnavailable, type UnavailableReason } from './index-unavailable.ts';
import { TimedOut, within } from './within.ts';

/** Name of a command and its arguments. */
export type Command = readonly string[];

type Client = ReturnType<typeof connecting>;

/**
 * One connection, opened when it is first used, that comes back by itself, after waits of 0.1 to 2 seconds. While it is
 * away, whoever asks is told so at once; only the first attempt is waited for.
 */
export class RedisConnection {
  readonly #options: RedisOptions;
  readonly #clientOptions: RedisClientOptions;
  #client: Client | undefined;
  /** Settles when the first attempt to connect has succeeded or failed. */
  #firstAttempt = Promise.resolve();
  #trouble: unknown;
  #isClosed = false;

  /** Throws when the file of authorities cannot be read. */
  constructor(options: RedisOptions) {
    this.#options = options;
    this.#clientOptions = clientOptions(options);
  }

  /**
   * Sends commands in one go, in this order, over one connection, and gives their replies. Throws `IndexUnavailable` when
   * one of them fails, and when the last reply takes longer than `timeout` seconds.
   */
  async ask(commands: readonly Command[], timeout = this.#options.timeout): Promise<unknown[]> {
    const client = await this.#connected();
    const pipeline = client.multi();
    for (const command of commands) pipeline.addCommand([...command]);
    try {
      return await within<unknown[]>(pipeline.execAsPipeline(), timeout);
    } catch (error) {
      // A server that is stuck is not waited for again until it lets a new connection in.
      if (error instanceof TimedOut) this.#reopen(client, error);
      throw this.#unavailable(error);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#client?.destroy();
  }

  async #connected(): Promise<Client> {
    if (this.#isClosed) throw new Error('the connection to Redis is closed');
    if (this.#client === undefined) this.#firstAttempt = this.#open();
    try {
      await within(this.#firstAttempt, this.#options.connectTimeout);
    } catch (error) {
      this.#trouble = error;
      this.#firstAttempt = Promise.resolve();
    }
    if (this.#client?.isReady) return this.#client;
    throw this.#unavailable(this.#trouble);
  }

  #open(): Promise<void> {
    const client = connecting(this.#clientOptions);
    this.#client = client;
    return new Promise((settle) => {
      client.on('ready', settle);
      client.on('error', (error) => {
        this.#trouble = error;
        settle();
      });
    });
  }

  #reopen(stuck: Client, cause: TimedOut): void {
    if (this.#client !== stuck) return;
    stuck.destroy();
    this.#trouble = cause;
    void this.#open();
  }

  #unavailable(error: unknown): IndexUnavailable {
    const cause = error instanceof MultiErrorReply ? error.replies.find((reply) => reply instanceof Error) : error;
    const secrets = [this.#options.url.reveal(), this.#clientOptions.password ?? ''];
    return new IndexUnavailable(reasonOf(cause), `Redis: ${redact(oneLine(messageOf(cause)), secrets)}`);
  }
}

function connecting(options: RedisClientOptions) {
  const client = createClient({ ...options, socket: { ...options.socket } as typeof options.socket & object });
  // Failures are events, too; this one only says that the client was closed.
  client.connect().catch(() => undefined);
  return client;
}

function reasonOf(error: unknown): UnavailableReason {
  if (error instanceof TimedOut) return 'timeout';
  return error instanceof ErrorReply ? 'refused' : 'unreachable';
}
