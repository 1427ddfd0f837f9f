import { Histogram, type Registry } from 'prom-client';
import type { PipelineStatus } from './family.ts';

/** The library counts by itself, one value after the other; here the counts of many runs come in sums. */
export class LatencyHistogram extends Histogram<'pipeline'> {
  readonly #statuses: readonly PipelineStatus[];
  readonly #description: { readonly name: string; readonly help: string };

  constructor(name: string, statuses: readonly PipelineStatus[], registry: Registry) {
    const help = "Seconds from an attribute's last change to its new detection being live.";
    super({ name, help, labelNames: ['pipeline'], registers: [registry] });
    this.#statuses = statuses;
    this.#description = { name, help };
  }

  /** What a registry of the library calls to print a histogram; its types do not say so. */
  async getForPromString(): Promise<object> {
    const { name } = this.#description;
    const values = this.#statuses.flatMap(({ name: pipeline, state: { latency } }) =>
      latency === undefined
        ? []
        : [
            ...[...latency.buckets, { le: '+Inf', count: latency.count }].map(({ le, count }) => {
              return { metricName: `${name}_bucket`, labels: { le, pipeline }, value: count };
            }),
            { metricName: `${name}_sum`, labels: { pipeline }, value: latency.sum },
            { metricName: `${name}_count`, labels: { pipeline }, value: latency.count },
          ],
    );
    return { ...this.#description, type: 'histogram', values };
  }
}
