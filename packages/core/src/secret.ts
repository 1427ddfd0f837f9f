import { inspect } from 'node:util';
import { z } from 'zod';

const MASK = '***';

/** A value that must not be printed. Every way of turning it into text gives `***`; only {@link reveal} does not. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself, for the one call that needs it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}

/** Replaces every occurrence of the given values by `***`; the last barrier before text leaves the program. */
export function redact(text: string, secrets: Iterable<string>): string {
  let clean = text;
  for (const value of secrets) if (value !== '') clean = clean.replaceAll(value, MASK);
  return clean;
}

/** Schema of an option that holds a secret: text in the config, a {@link Secret} in the plugin. */
export function secret() {
  return z
    .string()
    .min(1)
    .transform((value) => new Secret(value))
    .meta({ secret: true });
}

/** Schema of an option that holds a path; relative ones are resolved against the folder of the config file. */
export function filePath() {
  return z.string().min(1).meta({ path: true });
}
