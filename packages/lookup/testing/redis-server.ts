import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type RedisOptions, redisOptions } from '@misp-pipeline/core';
import { createClient } from '@redis/client';

export const HAS_REDIS = spawnSync('redis-server', ['--version']).status === 0;

/** A real server on a socket in a folder of its own. What it holds outlives its process, but not `remove`. */
export class RedisServer {
  readonly dir = mkdtempSync(join(tmpdir(), 'redis-'));
  readonly url = `unix://${join(this.dir, 's')}`;
  readonly #args: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(args: readonly string[]) {
    this.#args = args;
  }

  /** `args` are further arguments of `redis-server`. */
  static async start(...args: readonly string[]): Promise<RedisServer> {
    const server = new RedisServer(args);
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    const own = ['--port', '0', '--unixsocket', join(this.dir, 's'), '--dir', this.dir, '--save', ''];
    const started = spawn('redis-server', [...own, ...this.#args], { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#process = started;
    let log = '';
    for await (const line of createInterface({ input: started.stdout })) {
      log += `${line}\n`;
      if (/ready to accept connections/i.test(line)) {
        started.stdout.resume();
        return;
      }
    }
    throw new Error(`redis-server did not start:\n${log}`);
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  signal(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  async kill(): Promise<void> {
    const running = this.#process;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    running.kill('SIGKILL');
    await once(running, 'exit');
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** Options that reach it, with a prefix of their own. */
  options(fields: Readonly<Record<string, unknown>> = {}): RedisOptions {
    return redisOptions.parse({ url: this.url, ...fields });
  }

  /** Sends commands as an administrator would. */
  async admin<Reply>(...commands: readonly (readonly string[])[]): Promise<Reply[]> {
    const client = createClient({ socket: { path: join(this.dir, 's'), tls: false } });
    await client.connect();
    try {
      return (await Promise.all(commands.map((command) => client.sendCommand(command)))) as Reply[];
    } finally {
      client.destroy();
    }
  }

  async keys(): Promise<string[]> {
    const [keys = []] = await this.admin<string[]>(['KEYS', '*']);
    return keys.sort();
  }
}
