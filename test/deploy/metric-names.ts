/** Every metric of a pipeline. A histogram has its buckets, its sum and its count besides. */
export const METRIC_NAMES: ReadonlySet<string> = new Set(
  [
    ...['runs_total', 'run_duration_seconds', 'last_run_timestamp_seconds', 'last_success_timestamp_seconds'],
    ...['last_exit_code', 'source_records', 'source_indicators', 'source_problems', 'data_age_seconds'],
    ...['data_as_of_timestamp_seconds', 'rejected', 'dropped', 'skipped', 'exported', 'artefact_bytes', 'quarantined'],
    ...['changes', 'generation_info', 'reload_confirmed', 'guard_findings', 'published_to_live_seconds_bucket'],
    ...['config_stale', 'next_run_timestamp_seconds'],
  ].map((name) => `misp_pipeline_${name}`),
);

/** The metrics that an expression names. */
export function metricsIn(expression: string): string[] {
  return expression.match(/\bmisp_pipeline_\w+/g) ?? [];
}
