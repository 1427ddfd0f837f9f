import type { DatabaseSync } from 'node:sqlite';
import { pipelineError } from '../errors.ts';

/** So many exporters fit into the bits of a number that JavaScript holds exactly and tests quickly. */
const MOST = 31;

/** Each exporter id has a bit of its own for ever, so that an entry names its exporters in one number. */
export class ExporterBits {
  readonly #db: DatabaseSync;
  readonly #bits = new Map<string, number>();

  constructor(db: DatabaseSync) {
    this.#db = db;
    for (const row of db.prepare('SELECT bit, id FROM exporter').all()) {
      const { bit, id } = row as unknown as { bit: number; id: string };
      this.#bits.set(id, bit);
    }
  }

  /** The mask of one exporter, a power of two; a new one gets the next free bit. */
  maskOf(id: string): number {
    const known = this.#bits.get(id);
    if (known !== undefined) return 1 << known;
    const bit = this.#bits.size;
    if (bit >= MOST) throw pipelineError('HISTORY_FULL', { exporter: id, most: MOST });
    this.#bits.set(id, bit);
    return 1 << bit;
  }

  /** The exporters of a mask, in the order in which they got their bits. */
  idsOf(mask: number): string[] {
    return [...this.#bits].filter(([, bit]) => (mask & (1 << bit)) !== 0).map(([id]) => id);
  }

  /** Every exporter that was ever named, with its mask. */
  all(): { readonly id: string; readonly mask: number }[] {
    return [...this.#bits].map(([id, bit]) => ({ id, mask: 1 << bit }));
  }

  /** Writes what is new. */
  save(): void {
    const insert = this.#db.prepare('INSERT OR IGNORE INTO exporter (bit, id) VALUES (?, ?)');
    for (const [id, bit] of this.#bits) insert.run(bit, id);
  }
}
