import type { BenignHit, DrillReport, DrillResult, DrillTarget } from '../drill.ts';
import type { Direction, Indicator, IndicatorKind } from '../indicator.ts';

/** How many detections of one kind came out how. */
export interface VerdictCounts {
  readonly proven: number;
  readonly failed: number;
  readonly unprovable: number;
}

export interface FailedDetection {
  readonly kind: IndicatorKind;
  readonly value: string;
  readonly direction: Direction | undefined;
  readonly port: number | undefined;
  /** Which probe went wrong and how. */
  readonly why: string;
}

/**
 * What a fire drill says of the published files of one exporter, or why there was none: `unpublished`: nothing is live;
 * `outdated`: what is live is not what the config makes of the mirrored intelligence now; `engine-absent`: its engine is
 * not on this machine; `no-drill`: the exporter cannot prove its detections.
 */
export interface ExporterVerification {
  readonly id: string;
  readonly plugin: string;
  readonly state: 'drilled' | 'unpublished' | 'outdated' | 'engine-absent' | 'no-drill';
  readonly generation: string | undefined;
  /** Name and version. */
  readonly engine: string | undefined;
  /** Indicators that stand in the files. */
  readonly exported: number;
  /** How many of them were to be proven. */
  readonly drilled: number;
  readonly kinds: Readonly<Partial<Record<IndicatorKind, VerdictCounts>>>;
  readonly failed: readonly FailedDetection[];
  /** How many detections cannot be proven, by reason. */
  readonly unprovable: Readonly<Record<string, number>>;
  readonly probes: DrillReport['probes'];
  readonly benignHits: readonly BenignHit[];
  /** Seconds that the drill took. */
  readonly seconds: number;
}

export interface VerifyReport {
  readonly pipeline: string;
  /** True when nothing that was drilled failed, no benign probe hit, and everything that is published is up to date. */
  readonly passed: boolean;
  readonly exporters: readonly ExporterVerification[];
}

export type DrillSummary = Pick<
  ExporterVerification,
  'engine' | 'kinds' | 'failed' | 'unprovable' | 'probes' | 'benignHits'
>;

/** Counts what a drill reports. A target that it says nothing of has failed. */
export function summaryOf(
  targets: readonly DrillTarget[],
  { engine, results, probes, benignHits }: DrillReport,
): DrillSummary {
  const resultOf = new Map<Indicator, DrillResult>(results.map((result) => [result.indicator, result]));
  const kinds: Partial<Record<IndicatorKind, Record<DrillResult['verdict'], number>>> = {};
  const failed: FailedDetection[] = [];
  const unprovable: Record<string, number> = {};
  for (const { indicator } of targets) {
    const { verdict, why = 'the drill says nothing of it' } = resultOf.get(indicator) ?? { verdict: 'failed' };
    const { kind, value, direction, port } = indicator;
    const counts = kinds[kind] ?? { proven: 0, failed: 0, unprovable: 0 };
    kinds[kind] = counts;
    counts[verdict]++;
    if (verdict === 'failed') failed.push({ kind, value, direction, port, why });
    if (verdict === 'unprovable') unprovable[why] = (unprovable[why] ?? 0) + 1;
  }
  return { engine, kinds, failed, unprovable, probes, benignHits };
}
