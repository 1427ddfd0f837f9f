import type { Snapshot, Verdict } from '@misp-pipeline/lookup';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

const PREFIX = 'misp_pipeline_serve_';
/** Seconds. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** What the service counts. Labels are words of this program and names of the config, never of a client. */
export class ServeMetrics {
  readonly #registry = new Registry();
  readonly #requests = this.#counter('requests_total', 'Requests by route and status code.', ['route', 'code']);
  readonly #lookups = this.#counter('lookups_total', 'Values that were looked up, by verdict.', ['verdict']);
  readonly #refused = this.#counter('refused_tokens_total', 'Requests without a token that is known.', []);
  readonly #limited = this.#counter('rate_limited_total', 'Requests above the rate, by token.', ['token']);
  readonly #reloads = this.#counter('snapshot_reloads_total', 'Snapshots that took the place of an earlier one.', []);
  readonly #age = this.#gauge('snapshot_age_seconds', 'Time since the snapshot was built.');
  readonly #indicators = this.#gauge('snapshot_indicators', 'Indicators of the snapshot.');
  readonly #duration = new Histogram({
    name: `${PREFIX}request_duration_seconds`,
    help: 'How long requests took, by route.',
    labelNames: ['route'],
    buckets: BUCKETS,
    registers: [this.#registry],
  });

  request(route: string, code: number, seconds: number): void {
    this.#requests.inc({ route, code });
    this.#duration.observe({ route }, seconds);
  }

  lookups(verdict: Verdict, count: number): void {
    this.#lookups.inc({ verdict }, count);
  }

  refusedToken(): void {
    this.#refused.inc();
  }

  rateLimited(token: string): void {
    this.#limited.inc({ token });
  }

  reload(): void {
    this.#reloads.inc();
  }

  /** @param age Seconds. */
  snapshot({ indicators }: Snapshot, age: number): void {
    this.#age.set(age);
    this.#indicators.set(indicators);
  }

  get type(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name: `${PREFIX}${name}`, help, labelNames, registers: [this.#registry] });
  }

  #gauge(name: string, help: string): Gauge {
    return new Gauge({ name: `${PREFIX}${name}`, help, registers: [this.#registry] });
  }
}
