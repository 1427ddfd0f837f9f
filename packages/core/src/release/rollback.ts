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

/** A release by its number, as what was live at a moment, or as so many before the live one, which is 0. */
export type ReleaseName = { readonly release: number } | { readonly at: Date } | { readonly back: number };

/** Which release to go back to; `previous` leaves out what an earlier rollback took away, and what has the same files. */
export type RollbackTarget = ReleaseName | 'previous';

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
  if (release === undefined) throw unknown(releases, textOf({ back: 1 }));
  return release;
}

/** Throws RELEASE_UNKNOWN when it never was live. */
export function findRelease({ releases }: History, name: ReleaseName): Release {
  const found = lookUp(releases, name);
  if (found === undefined) throw unknown(releases, textOf(name));
  return found;
}

function lookUp(releases: Releases, name: ReleaseName): Release | undefined {
  if ('at' in name) return releases.liveAt(name.at);
  if ('back' in name) return releases.liveBack(name.back);
  const found = releases.byId(name.release);
  return found?.state === 'live' ? found : undefined;
}

function textOf(name: ReleaseName): string {
  if ('back' in name) return name.back === 0 ? 'live release' : 'earlier release';
  return 'at' in name ? `release that was live at ${name.at.toISOString()}` : `release \`${name.release}\``;
}

function unknown(releases: Releases, wanted: string) {
  const [newest, ...others] = Array.from(releases.live(), ({ id }) => id);
  if (newest === undefined) return pipelineError('RELEASE_UNKNOWN', { wanted, known: 'none has been live yet' });
  const oldest = others.at(-1);
  const known =
    oldest === undefined ? `only ${newest} was live yet` : `those that were live are ${oldest} to ${newest}`;
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
