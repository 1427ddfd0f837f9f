import type { PipelineConfig } from '../config/config.ts';
import { pipelineError } from '../errors.ts';
import type { Release, Releases } from '../history/releases.ts';
import type { Exporter } from '../plugin.ts';
import { fingerprintOf } from './fingerprint.ts';
import { goLive } from './go-live.ts';
import { isAccepted } from './guard.ts';
import { type Part, partOf } from './part.ts';
import { preparePlaces } from './places.ts';
import { inSession, type ReleaseOptions, type ReleaseReport, releaseReport } from './session.ts';

export interface ApplyOptions extends ReleaseOptions {
  /** The fingerprint that `plan` printed; undefined for the plan that waits. */
  readonly fingerprint: string | undefined;
  /** Findings of guards that are accepted. */
  readonly accept: readonly string[];
}

/**
 * Makes live exactly what a plan has made ready. Throws PLAN_STALE when the plan is not the newest one, or the config, what
 * is live or the planned files have changed since; GUARD_REFUSED for findings that nobody has accepted; RELOAD_FAILED.
 */
export function applyPlan(config: PipelineConfig, options: ApplyOptions): Promise<ReleaseReport> {
  const { fingerprint, accept } = options;
  return inSession(config, options, async (session) => {
    const { history, exporters } = session;
    const plan = history.releases.newest('planned');
    const wanted = fingerprint ?? plan?.fingerprint;
    if (plan === undefined || plan.fingerprint !== wanted)
      throw pipelineError('PLAN_STALE', { fingerprint: wanted, why: whyGone(history.releases, plan, wanted) });
    if (fingerprintOf(config, plan.exporters) !== wanted) throw stale(wanted, 'the config has changed since');
    const guard = plan.guard.map((finding) => ({ ...finding, accepted: isAccepted(finding.id, accept) }));
    const findings = guard.filter(({ accepted }) => !accepted);
    if (findings.length > 0) throw pipelineError('GUARD_REFUSED', { findings });
    const parts = partsOf(config, plan, exporters);
    const release: Release = { ...plan, by: 'apply', guard };
    const placing = await preparePlaces(parts, config, session.signal);
    history.begin();
    return releaseReport(
      config.name,
      release,
      parts,
      placing,
      await goLive(release, parts, placing, { ...session, config }),
    );
  });
}

function whyGone(releases: Releases, plan: Release | undefined, wanted: string | undefined): string {
  if (wanted === undefined) return 'none was made, or it was applied, or a later run has replaced it';
  const applied = releases.byFingerprint(wanted);
  if (applied?.state === 'failed') return `it was taken back: ${applied.failure}`;
  return plan === undefined
    ? 'it was applied, or a later run has replaced it'
    : `plan \`${plan.fingerprint}\` has replaced it`;
}

function partsOf(config: PipelineConfig, plan: Release, exporters: ReadonlyMap<string, Exporter>): Part[] {
  return plan.exporters.map(({ id, base, generation }) => {
    const exporterConfig = config.exporters.find((one) => one.id === id);
    const exporter = exporters.get(id);
    // The fingerprint holds the config, so an exporter of the plan is one of the config.
    if (exporterConfig === undefined || exporter === undefined)
      throw stale(plan.fingerprint, `exporter \`${id}\` is gone`);
    const part = partOf(exporterConfig, exporter, generation);
    if (part === undefined) throw stale(plan.fingerprint, `the files of \`${id}\` are gone, or were changed`);
    if (part.base !== base) throw stale(plan.fingerprint, `other files of \`${id}\` went live since`);
    return part;
  });
}

function stale(fingerprint: string, why: string) {
  return pipelineError('PLAN_STALE', { fingerprint, why });
}
