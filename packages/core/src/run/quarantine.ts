import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Indicator, IndicatorKind } from '../indicator.ts';
import { indicatorKey } from '../indicator.ts';
import type { Placement } from '../output/output.ts';
import { replaceFile } from '../output/sync.ts';
import type { RefusedEntry } from '../plugin.ts';
import type { Collected } from './collected.ts';

/** Finds out which of the refused entries, if any, stands at a place. */
export class RefusedPlaces {
  readonly #messages = new Map<string, string>();

  constructor(entries: readonly RefusedEntry[]) {
    for (const { file, id, text, message } of entries) this.#messages.set(placeKey(file, id, text), message);
  }

  /** What the engine said of the entry at a place, or undefined when it takes it. */
  messageAt({ file, id, text }: Placement): string | undefined {
    return (
      this.#messages.get(placeKey(file, undefined, text)) ??
      this.#messages.get(placeKey(file, id, undefined)) ??
      this.#messages.get(placeKey(file, id, text)) ??
      this.#messages.get(placeKey(file, undefined, undefined))
    );
  }
}

function placeKey(file: string, id: string | undefined, text: string | undefined): string {
  return JSON.stringify([file, id ?? null, text ?? null]);
}

/** Indicators that an engine refuses, with what it says of them. */
export type Refusals = ReadonlyMap<Indicator, string>;

/** What is left without the refused ones. */
export function without(collected: Collected, refused: Refusals): Collected {
  if (refused.size === 0) return collected;
  const byKind = new Map<IndicatorKind, readonly Indicator[]>();
  const ofKind = (kind: IndicatorKind) => {
    const known = byKind.get(kind);
    if (known !== undefined) return known;
    const left = collected.ofKind(kind).filter((indicator) => !refused.has(indicator));
    byKind.set(kind, left);
    return left;
  };
  return {
    size: collected.size - refused.size,
    ofKind,
    *[Symbol.iterator]() {
      for (const indicator of collected) if (!refused.has(indicator)) yield indicator;
    },
  };
}

/**
 * Remembers, in the state folder of an exporter, which indicators the engine refused in the last run, so that a run can be
 * repeated without the engine.
 */
export class Quarantine {
  readonly #file: string;

  constructor(stateDir: string) {
    this.#file = join(stateDir, 'refused.json');
  }

  save(refused: Refusals): void {
    if (refused.size === 0) {
      rmSync(this.#file, { force: true });
      return;
    }
    const messages = Object.fromEntries([...refused].map(([indicator, message]) => [indicatorKey(indicator), message]));
    replaceFile(this.#file, `${JSON.stringify(messages, null, 2)}\n`);
  }

  /** Those of the collected indicators that were refused in the last run. */
  load(collected: Collected): Refusals {
    if (!existsSync(this.#file)) return new Map();
    const messages = new Map<string, string>(Object.entries(JSON.parse(readFileSync(this.#file, 'utf8'))));
    const refused = new Map<Indicator, string>();
    for (const indicator of collected) {
      const message = messages.get(indicatorKey(indicator));
      if (message !== undefined) refused.set(indicator, message);
    }
    return refused;
  }
}
