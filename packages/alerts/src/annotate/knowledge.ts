import { type AnsweredIndicator, answerFor, type Ceiling, type LookupIndex, type Query } from '@misp-pipeline/lookup';
import { candidatesOf } from '@misp-pipeline/misp';
import type { Observed } from '../alert.ts';
import { SIGHTS } from '../sights.ts';
import type { Hit } from './annotation.ts';

export interface KnowledgeOptions {
  readonly index: LookupIndex;
  /** Attributes above it have no influence on anything that is told. */
  readonly ceiling: Ceiling;
  /** Whether indicators are told of that the filters stopped. */
  readonly dropped: boolean;
}

/** Most values whose answers are remembered. */
const REMEMBERED = 10_000;

/** What the index knows of values that were observed, as far as it may be told. */
export class Knowledge {
  readonly #options: KnowledgeOptions;
  /** By value and sight: reading a value takes longer than everything else. */
  readonly #answers = new Map<string, readonly AnsweredIndicator[]>();
  #snapshot = '';

  constructor(options: KnowledgeOptions) {
    this.#options = options;
  }

  /** For each list of values, the indicators that cover them. */
  async hits(lists: readonly (readonly Observed[])[]): Promise<readonly (readonly Hit[])[]> {
    await this.#learn(lists.flat());
    return lists.map((list) =>
      list.flatMap((observed) =>
        (this.#answers.get(keyOf(observed)) ?? [])
          .filter((indicator) => fits(indicator, observed))
          .map((indicator) => ({ observed, indicator })),
      ),
    );
  }

  /** Asks the index what is not remembered. */
  async #learn(all: readonly Observed[]): Promise<void> {
    const { index } = this.#options;
    const { id } = await index.snapshot();
    if (id !== this.#snapshot || this.#answers.size > REMEMBERED) this.#answers.clear();
    this.#snapshot = id;
    const unknown = new Map(
      all.map((observed) => [keyOf(observed), observed] as const).filter(([key]) => !this.#answers.has(key)),
    );
    if (unknown.size === 0) return;
    const queries = [...unknown.values()].map(readingsOf);
    const found = await index.find(queries);
    for (const [i, [key, { value }]] of [...unknown].entries()) {
      const { indicators } = answerFor(value, queries[i] ?? [], found[i] ?? [], this.#options.ceiling);
      this.#answers.set(
        key,
        indicators.filter(({ verdict }) => this.#options.dropped || verdict !== 'dropped'),
      );
    }
  }
}

function keyOf({ sight, value }: Observed): string {
  return `${sight} ${value}`;
}

/** What an observed value can be, in the field in which it stands. */
function readingsOf({ sight, value }: Observed): readonly Query[] {
  const kinds: readonly string[] = SIGHTS[sight];
  return candidatesOf(value).filter(({ kind }) => kinds.includes(kind));
}

/** Whether an address was seen at the end of the traffic, and on the port, that the indicator is about. */
function fits({ direction, port }: AnsweredIndicator, observed: Observed): boolean {
  if (observed.sight !== 'address') return true;
  const isSameEnd = direction === undefined || observed.direction === undefined || direction === observed.direction;
  return isSameEnd && (port === undefined || observed.port === undefined || port === observed.port);
}
