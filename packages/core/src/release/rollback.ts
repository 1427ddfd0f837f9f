import { randomUUID } from 'node:crypto';
import type { PipelineConfig } from '../config/config.ts';
import { pipelineError } from '../errors.ts';
import type { History } from '../history/history.ts';
import type { Release, Releases } from '../history/releases.ts';
import type { Exporter } from '../plugin.ts';
import { fingerprintOf } from './fingerprint.ts';
import { goLive } from './go-live.ts';
import { type Part, partOf, released } from './part.ts';
import { preparePlaces } from './places.ts';
import { previousOf } from './rolled-back.ts';
import { inSession, type ReleaseOptions, type ReleaseReport, releaseReport } from './session.ts';

/** Which release to go back to: its number, what was live at a moment, or the one before what is live. */
export type RollbackTarget = { readonly release: number } | { readonly at: Date } | 'previous';

/**
 * Makes an earlier release live again, as a release of its own. Throws RELEASE_UNKNOWN, RELEASE_INCOMPLETE when files of it
 * are gone, RELOAD_FAILED.
 */
export function rollBack(
  config: PipelineConfig,
  target: RollbackTarget,
  options: ReleaseOptions,
): Promise<ReleaseReport> {
  return inSession(config, options, async (session) => {
    const { history, exporters, clock } = session;
    const earlier = target === 'previous' ? beforeLive(history) : findRelease(history, target);
    const parts = partsOf(config, earlier, exporters);
    const placing = await preparePlaces(parts, config, session.signal);
    history.begin();
    history.dropPlan();
    const release = rollbackRelease(config, history, earlier, parts, clock());
    const mask = parts.reduce((all, part) => all | history.exporters.maskOf(part.config.id), 0);
    history.entries.restore(earlier.id, release.id, mask);
    return releaseReport(
      config.name,
      release,
      parts,
      placing,
      await goLive(release, parts, placing, { ...session, config }),
    );
  });
}

function rollbackRelease(
  config: PipelineConfig,
  history: History,
  { id: restored }: Release,
  parts: readonly Part[],
  now: Date,
): Release {
  const exporters = parts.map((part) => released(part, undefined));
  return {
    ...{ id: history.releases.next(), state: 'planned', fingerprint: fingerprintOf(config, exporters) },
    ...{ made: now.toISOString(), by: 'rollback', restored, runId: randomUUID(), published: undefined },
    ...{ exporters, guard: [], unconfirmed: [], failure: undefined },
  };
}

/** Throws RELEASE_UNKNOWN when there is none. */
function beforeLive({ releases }: History): Release {
  const release = previousOf(releases);
  if (release === undefined) throw unknown(releases, nameOf('previous'));
  return release;
}

/** The release that is meant; `previous` is the one before in the history. Throws RELEASE_UNKNOWN. */
export function findRelease({ releases }: History, target: RollbackTarget): Release {
  const found = lookUp(releases, target);
  if (found === undefined) throw unknown(releases, nameOf(target));
  return found;
}

function lookUp(releases: Releases, target: RollbackTarget): Release | undefined {
  if (target === 'previous') {
    const [, before] = releases.live();
    return before;
  }
  if ('at' in target) return releases.liveAt(target.at);
  const found = releases.byId(target.release);
  return found?.state === 'live' ? found : undefined;
}

function nameOf(target: RollbackTarget): string {
  if (target === 'previous') return 'earlier release';
  return 'at' in target ? `release that was live at ${target.at.toISOString()}` : `release \`${target.release}\``;
}

function unknown(releases: Releases, wanted: string) {
  const live = Array.from(releases.live(), ({ id }) => id);
  const known = live.length === 0 ? 'none has been live yet' : `those that were live are ${live.at(-1)} to ${live[0]}`;
  return pipelineError('RELEASE_UNKNOWN', { wanted, known });
}

/** Exporters that the release did not have yet stay as they are. */
function partsOf(
  config: PipelineConfig,
  { id: release, exporters }: Release,
  built: ReadonlyMap<string, Exporter>,
): Part[] {
  const missing: string[] = [];
  const parts = config.exporters.flatMap((exporterConfig) => {
    const { id, dir } = exporterConfig;
    const then = exporters.find((one) => one.id === id && one.dir === dir);
    const exporter = built.get(id);
    if (then === undefined || exporter === undefined) return [];
    const part = partOf(exporterConfig, exporter, then.generation);
    if (part === undefined) missing.push(`generation \`${then.generation}\` of \`${id}\` is gone, or was changed`);
    return part ?? [];
  });
  if (missing.length === 0 && parts.length === 0) missing.push('it has no exporter that the config still has');
  if (missing.length > 0) throw pipelineError('RELEASE_INCOMPLETE', { release, missing });
  return parts;
}
