import { randomUUID } from 'node:crypto';
import type { PipelineConfig } from '../config/config.ts';
import { pipelineError } from '../errors.ts';
import type { History } from '../history/history.ts';
import type { Release } from '../history/releases.ts';
import type { Exporter } from '../plugin.ts';
import { fingerprintOf } from './fingerprint.ts';
import { goLive } from './go-live.ts';
import { supersedePlan } from './open.ts';
import { type Part, partOf, released } from './part.ts';
import { preparePlaces } from './places.ts';
import { inSession, type ReleaseOptions, type ReleaseReport, releaseReport } from './session.ts';

/** Which release to go back to: its number, what was live at a moment, or the one before the live one. */
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
    supersedePlan(history);
    const earlier = findRelease(history, target);
    const parts = partsOf(config, earlier, exporters);
    const parted = parts.map((part) => released(part, undefined));
    const release: Release = {
      ...{ id: history.releases.next(), state: 'publishing', fingerprint: fingerprintOf(config, parted) },
      ...{
        made: clock().toISOString(),
        by: 'rollback',
        restored: earlier.id,
        runId: randomUUID(),
        published: undefined,
      },
      ...{ exporters: parted, guard: [], unconfirmed: [], failure: undefined },
    };
    const placing = await preparePlaces(parts, config.state, session.signal);
    history.begin();
    history.entries.restore(earlier.id, release.id);
    return releaseReport(config.name, release, parts, placing, await goLive(release, parts, placing, session));
  });
}

/** The release that is meant. Throws RELEASE_UNKNOWN. */
export function findRelease({ releases }: History, target: RollbackTarget): Release {
  const live = releases.all().filter(({ state }) => state === 'live');
  const known =
    live.length === 0 ? 'none has been live yet' : `those that were live are ${live.at(-1)?.id} to ${live[0]?.id}`;
  const unknown = (wanted: string) => pipelineError('RELEASE_UNKNOWN', { wanted, known });
  if (target === 'previous') {
    if (live[1] === undefined) throw unknown('previous');
    return live[1];
  }
  if ('at' in target) {
    const found = releases.liveAt(target.at);
    if (found === undefined) throw unknown(target.at.toISOString());
    return found;
  }
  const found = live.find(({ id }) => id === target.release);
  if (found === undefined) throw unknown(String(target.release));
  return found;
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
