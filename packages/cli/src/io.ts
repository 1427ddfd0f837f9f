import { styleText } from 'node:util';
import { redact } from '@misp-pipeline/core';

type Style = Parameters<typeof styleText>[0];

// A reader such as `head` that has seen enough ends the program without a word.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

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

  /** Characters that could steer a terminal are written as escapes, which leaves the value the same. */
  json(value: unknown): void {
    const text = JSON.stringify(value, null, 2);
    this.result(text.replace(/[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => escaped(char)));
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

function escaped(char: string): string {
  const units = Array.from({ length: char.length }, (_, i) => char.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
