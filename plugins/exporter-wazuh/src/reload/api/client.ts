import { oneLine, redact, type Secret } from '@misp-pipeline/core';
import { LONGEST_MESSAGE } from '../../engine/messages.ts';
import { type ApiAnswer, type ApiFailure, readAnswer } from './answer.ts';
import { Pace, realTime, type Time } from './pace.ts';
import { type Reply, send } from './send.ts';

export interface ClientOptions {
  readonly url: string;
  readonly user: string;
  readonly password: Secret;
  /** Certificates in PEM. */
  readonly ca: string | undefined;
  readonly verifyTls: boolean;
  /** Seconds that one request may take. */
  readonly timeout: number;
}

/** A body, with its type. */
export interface ApiBody {
  readonly type: 'application/octet-stream' | 'application/json';
  readonly bytes: Buffer;
}

/** Bytes of an answer in JSON. */
const LARGEST_ANSWER = 4 * 1024 * 1024;

/** A token holds for 900 seconds by default; it is renewed before, in milliseconds. */
const TOKEN_LASTS = 840_000;

/** How often the API may say that there were too many requests. */
const MOST_PAUSES = 3;

/** Talks to the API of a manager: logs in, and again when the token ends; keeps to its pace. */
export class WazuhApi {
  readonly #options: ClientOptions;
  readonly #signal: AbortSignal;
  readonly #time: Time;
  readonly #pace: Pace;
  #token = '';
  #tokenSince = -Infinity;

  constructor(options: ClientOptions, signal: AbortSignal, time: Time = realTime) {
    this.#options = options;
    this.#signal = signal;
    this.#time = time;
    this.#pace = new Pace(time);
  }

  /** Throws when the API is not there, or does not know the user. */
  async login(): Promise<void> {
    const { user, password, url } = this.#options;
    const credentials = Buffer.from(`${user}:${password.reveal().trim()}`).toString('base64');
    const path = '/security/user/authenticate?raw=true';
    const reply = await this.#paced('POST', path, { authorization: `Basic ${credentials}` }, LARGEST_ANSWER);
    if (reply.status === 401)
      throw new Error(`\`${url}\` does not let \`${user}\` in: check \`user\` and \`password\``);
    const token = reply.body.toString().trim();
    if (reply.status !== 200 || !/^[\w.-]+$/.test(token)) {
      throw new Error(`\`${url}\` gave no token: ${this.quotable(explained(readAnswer(reply).failed))}`);
    }
    this.#token = token;
    this.#tokenSince = this.#time.now();
  }

  /** Asks for something. The answer may be a failure; throws only when there is none. */
  async ask(method: string, path: string, body?: ApiBody): Promise<ApiAnswer> {
    return readAnswer(await this.#authorized(method, path, LARGEST_ANSWER, body));
  }

  /** Up to `most` bytes of a file of the manager; undefined when it has no such file. Throws when it may not be read. */
  async read(folder: string, name: string, most: number): Promise<Buffer | undefined> {
    const reply = await this.#authorized('GET', `${filePathOf(folder, name)}?raw=true`, Math.max(most, LARGEST_ANSWER));
    if (reply.status === 200 && !reply.isJson) return reply.body.subarray(0, most);
    const { failed } = readAnswer(reply);
    if (reply.status === 200 && failed.every(({ code }) => code !== PERMISSION_DENIED)) return undefined;
    throw new Error(`\`${folder}/${name}\` cannot be read: ${this.quotable(explained(failed))}`);
  }

  /** Text of the other side for a message: on one line, and without what nobody may see, should it be repeated there. */
  quotable(text: string): string {
    const { user, password } = this.#options;
    const secret = password.reveal().trim();
    const secrets = [this.#token, secret, Buffer.from(`${user}:${secret}`).toString('base64')];
    return oneLine(redact(text, secrets), LONGEST_MESSAGE);
  }

  /** Waits, as often as something has to be asked again. */
  sleep(seconds: number): Promise<void> {
    return this.#time.sleep(seconds, this.#signal);
  }

  async #authorized(method: string, path: string, maxBytes: number, body?: ApiBody): Promise<Reply> {
    const isOld = this.#time.now() - this.#tokenSince > TOKEN_LASTS;
    if (isOld) await this.login();
    const ask = () => this.#paced(method, path, { authorization: `Bearer ${this.#token}` }, maxBytes, body);
    const reply = await ask();
    if (reply.status !== 401 || isOld) return reply;
    await this.login();
    return ask();
  }

  async #paced(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    maxBytes: number,
    body?: ApiBody,
  ): Promise<Reply> {
    const { url, ca, verifyTls, timeout } = this.#options;
    const type = body === undefined ? {} : { 'content-type': body.type };
    const options = { ca, verifyTls, timeout, signal: this.#signal, maxBytes, body: body?.bytes };
    for (let pauses = 0; ; pauses++) {
      await this.#pace.turn(this.#signal);
      const reply = await send(new URL(`${url.replace(/\/+$/, '')}${path}`), {
        ...options,
        method,
        headers: { ...type, ...headers },
      });
      if (reply.status !== 429 || pauses === MOST_PAUSES) return reply;
      await this.#pace.pause(this.#signal);
    }
  }
}

/** The number of Wazuh's error for what the roles of the user do not allow. */
const PERMISSION_DENIED = 4000;

/** Path of a file in the API. */
export function filePathOf(folder: string, name: string): string {
  return `/${folder}/files/${encodeURIComponent(name)}`;
}

/** Failures as the rest of a sentence. */
export function explained(failed: readonly ApiFailure[]): string {
  return failed.map(({ code, message }) => `${message} (${code})`).join('; ');
}
