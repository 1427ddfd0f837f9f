import { Counter, Gauge, Registry } from 'prom-client';
import type { Family, PipelineStatus } from './family.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import { RUN_FAMILIES } from './run-families.ts';
import { STAGE_FAMILIES } from './stage-families.ts';

const PREFIX = 'misp_pipeline_';

export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/**
 * All metrics in the text format of Prometheus. The registry is made anew each time from what is known now, so that nothing
 * lingers of stages that are gone.
 */
export function metricsText(statuses: readonly PipelineStatus[], now: Date): Promise<string> {
  const registry = new Registry();
  for (const family of [...RUN_FAMILIES, ...STAGE_FAMILIES]) fill(family, statuses, now, registry);
  new LatencyHistogram(`${PREFIX}published_to_live_seconds`, statuses, registry);
  return registry.metrics();
}

/** Adds a metric, unless there is nothing to say. */
function fill(family: Family, statuses: readonly PipelineStatus[], now: Date, registry: Registry): void {
  const series = statuses.flatMap((status) =>
    family.samples(status, now).map(([value, ...labels]) => ({ value, labels: [status.name, ...labels] })),
  );
  if (series.length === 0) return;
  const labelNames = ['pipeline', ...family.labels];
  const options = { name: PREFIX + family.name, help: family.help, labelNames, registers: [registry] };
  const metric = family.type === 'counter' ? new Counter(options) : new Gauge(options);
  for (const { value, labels } of series) {
    metric.inc(Object.fromEntries(labelNames.map((label, i) => [label, labels[i] ?? ''])), value);
  }
}
