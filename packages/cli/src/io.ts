import { styleText } from 'node:util';
import { redact } from '@misp-pipeline/core';

type Style = Parameters<typeof styleText>[0];

/** Results go to stdout, everything that is talk to stderr; secrets are masked on both. */
export class Io {
  readonly #secrets = new Set<string>();

  /** From now on these values are masked. */
  hide(secrets: Iterable<string>): void {
    for (const secret of secrets) this.#secrets.add(secret);
  }

  get secrets(): ReadonlySet<string> {
    return this.#secrets;
  }

  /** A line of the result. */
  result(text: string): void {
    process.stdout.write(`${redact(text, this.#secrets)}\n`);
  }

  json(value: unknown): void {
    this.result(JSON.stringify(value, null, 2));
  }

  /** A line of talk. */
  say(text: string): void {
    process.stderr.write(`${redact(text, this.#secrets)}\n`);
  }

  /** Style for stdout, where the terminal and NO_COLOR allow it. */
  style(style: Style, text: string): string {
    return styleText(style, text, { stream: process.stdout });
  }
}
