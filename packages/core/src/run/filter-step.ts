import { pipelineError } from '../errors.ts';
import type { Batch, Drop, Filter } from '../plugin.ts';
import { ReasonCounter } from './reasons.ts';
import type { FilterReport } from './report.ts';
import type { Trace, Watchers } from './trace.ts';

/** A filter at its place in the line, with its accounts. */
export class FilterStep {
  readonly id: string;
  readonly filter: Filter;
  readonly #plugin: string;
  readonly #exporter: string | undefined;
  readonly #trace: Trace | undefined;
  readonly #dropped = new ReasonCounter();
  readonly #drop: Drop;
  #in = 0;
  #out = 0;

  constructor(id: string, plugin: string, filter: Filter, exporter: string | undefined, { trace, causes }: Watchers) {
    this.id = id;
    this.filter = filter;
    this.#plugin = plugin;
    this.#exporter = exporter;
    this.#trace = trace;
    this.#drop = (indicator, reason, detail) => {
      this.#dropped.add(reason);
      causes?.dropped(exporter, indicator, reason);
      trace?.dropped(id, exporter, indicator, reason, detail);
    };
  }

  async apply(batch: Batch): Promise<Batch> {
    const droppedBefore = this.#dropped.total;
    const result = await this.filter.apply(batch, this.#drop);
    const dropped = this.#dropped.total - droppedBefore;
    if (result.length + dropped !== batch.length) {
      throw pipelineError('FILTER_UNBALANCED', { filter: this.id, came: batch.length, went: result.length, dropped });
    }
    this.#in += batch.length;
    this.#out += result.length;
    if (this.#trace) for (const indicator of result) this.#trace.passed(this.id, this.#exporter, indicator);
    return result;
  }

  report(): FilterReport {
    const { id } = this;
    return {
      id,
      plugin: this.#plugin,
      exporter: this.#exporter,
      in: this.#in,
      dropped: this.#dropped.toJSON(),
      out: this.#out,
    };
  }
}

/** Runs a batch through filters in their order; stops early when nothing is left. */
export async function applyAll(steps: readonly FilterStep[], batch: Batch): Promise<Batch> {
  let left = batch;
  for (const step of steps) {
    if (left.length === 0) break;
    left = await step.apply(left);
  }
  return left;
}
