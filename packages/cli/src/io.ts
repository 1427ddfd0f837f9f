import { styleText } from 'node:util';
import { mask, SHORTEST_SECRET } from './mask.ts';

type Style = Parameters<typeof styleText>[0];

const NO_KEYS: ReadonlySet<string> = new Set();

/** Results go to stdout, everything that is talk to stderr; secrets are masked on both. */
export class Io {
  /** The longest first, since one may be part of another. */
  #secrets: readonly string[] = [];

  /** From now on these values are masked, also as they stand inside of JSON. */
  hide(secrets: Iterable<string>): void {
    const hidden = [...secrets].filter((secret) => secret.length >= SHORTEST_SECRET);
    const all = [...this.#secrets, ...hidden.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])];
    this.#secrets = [...new Set(all)].sort((a, b) => b.length - a.length);
  }

  /** A line of the result. */
  result(text: string): void {
    process.stdout.write(`${mask(text, this.#secrets)}\n`);
  }

  /**
   * A result for a program. Secrets are masked in values only, and not in those of `fixedKeys`, which are words of this
   * program, as a secret may be, too. Characters that could steer a terminal are written as escapes, which leaves the
   * value the same.
   */
  json(value: unknown, fixedKeys = NO_KEYS): void {
    process.stdout.write(`${this.#jsonText(value, fixedKeys, 2)}\n`);
  }

  #jsonText(value: unknown, fixedKeys: ReadonlySet<string>, indent?: number): string {
    const masked = (key: string, part: unknown) =>
      typeof part === 'string' && !fixedKeys.has(key) ? mask(part, this.#secrets) : part;
    const text = JSON.stringify(value, masked, indent);
    return text.replace(/[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => escaped(char));
  }

  /** One of many results for a program, on a line of its own. */
  jsonLine(value: unknown): void {
    process.stdout.write(`${this.#jsonText(value, NO_KEYS)}\n`);
  }

  /** A text without the secrets, for what is written elsewhere. */
  mask(text: string): string {
    return mask(text, this.#secrets);
  }

  /** A line of talk. */
  say(text: string): void {
    process.stderr.write(`${mask(text, this.#secrets)}\n`);
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
