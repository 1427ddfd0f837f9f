import type { Indicator } from './indicator.ts';
import type { Placement } from './output/output.ts';
import type { Collected } from './run/collected.ts';

/** An indicator whose detection is to be proven. */
export interface DrillTarget {
  readonly indicator: Indicator;
  /** Where it stands in the files; there is at least one place. */
  readonly placements: readonly Placement[];
}

/** What a fire drill is given. */
export interface Drill {
  /** Folder that holds the published files. */
  readonly dir: string;
  /** What to prove: all that the files detect, or a sample of it. */
  readonly targets: readonly DrillTarget[];
  /** All that the files may detect, so that a near miss is not by chance another indicator. */
  readonly collected: Collected;
  /** An empty folder for the drill's own files; removed afterwards. */
  readonly workDir: string;
}

/** What a drill found out about one target. */
export interface DrillResult {
  readonly indicator: Indicator;
  /**
   * `proven`: fired on all that it must, and on nothing that it must not; `failed`: did not; `unprovable`: no traffic or
   * record that this engine can be given here shows it.
   */
  readonly verdict: 'proven' | 'failed' | 'unprovable';
  /** For `failed`: which probe went wrong and how. For `unprovable`: why. */
  readonly why?: string;
}

/** An alert where nothing malicious was. */
export interface BenignHit {
  /** What was sent or logged, such as `DNS query for www.wikipedia.org`. */
  readonly probe: string;
  /** What fired, such as `sid 4000017`. */
  readonly detection: string;
}

export interface DrillReport {
  /** Name and version, such as `suricata 7.0.10`. */
  readonly engine: string;
  readonly results: readonly DrillResult[];
  /** Probes sent: those that had to fire, those that had not to, and those of the benign corpus. */
  readonly probes: { readonly mustFire: number; readonly mustNotFire: number; readonly benign: number };
  readonly benignHits: readonly BenignHit[];
}
