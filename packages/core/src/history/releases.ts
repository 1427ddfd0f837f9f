import type { DatabaseSync } from 'node:sqlite';
import type { ChangeCounts, GuardFinding } from '../run/report.ts';

/**
 * `planned`: complete, but not live. `publishing`: about to go live; a run that finds it finishes it or takes it back.
 * `live`: it went live, and stayed so until the next one. `failed`: an engine did not confirm it, and what was before is live
 * again. `forgotten`: it was live so long ago that what was in it is not known any more.
 */
export type ReleaseState = 'planned' | 'publishing' | 'live' | 'failed' | 'forgotten';

/** One exporter's part in a release. */
export interface ReleasedExporter {
  readonly id: string;
  /** Absolute folder that it publishes into. */
  readonly dir: string;
  /** Generation that was live before; undefined when there was none. */
  readonly base: string | undefined;
  readonly generation: string;
  /** Indicators in it. */
  readonly exported: number;
  /** Undefined for a rollback, which changes everything between two releases. */
  readonly changes: ChangeCounts | undefined;
}

/** What is written about a release. */
export interface ReleaseDocument {
  /** How it came about. */
  readonly by: 'run' | 'apply' | 'rollback';
  /** The release that a rollback restored. */
  readonly restored: number | undefined;
  readonly runId: string;
  /** When it went live, ISO 8601; undefined until then. */
  readonly published: string | undefined;
  readonly exporters: readonly ReleasedExporter[];
  readonly guard: readonly GuardFinding[];
  /** Exporters whose engine has not confirmed that it runs the release, and has to be told. */
  readonly unconfirmed: readonly string[];
  /** Why it failed. */
  readonly failure: string | undefined;
}

export interface Release extends ReleaseDocument {
  /** Grows by one with each. */
  readonly id: number;
  readonly state: ReleaseState;
  /** Says what it changes, from what, into what: the same plan always has the same. */
  readonly fingerprint: string;
  /** When it was made, ISO 8601. */
  readonly made: string;
}

interface Row {
  readonly id: number;
  readonly state: ReleaseState;
  readonly fingerprint: string;
  readonly made: string;
  readonly document: string;
}

/** The list of releases. */
export class Releases {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** The number of the release that is made next. */
  next(): number {
    const { last } = this.#db.prepare('SELECT max(id) AS last FROM release').get() as { last: number | null };
    return (last ?? 0) + 1;
  }

  write({ id, state, fingerprint, made, ...document }: Release): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO release (id, state, fingerprint, made, document) VALUES (?, ?, ?, ?, ?)')
      .run(id, state, fingerprint, made, JSON.stringify(document));
  }

  remove(id: number): void {
    this.#db.prepare('DELETE FROM release WHERE id = ?').run(id);
  }

  /** All of them, the newest first. */
  all(): Release[] {
    return (this.#db.prepare('SELECT * FROM release ORDER BY id DESC').all() as unknown as Row[]).map(releaseOf);
  }

  byId(id: number): Release | undefined {
    const row = this.#db.prepare('SELECT * FROM release WHERE id = ?').get(id);
    return row === undefined ? undefined : releaseOf(row as unknown as Row);
  }

  /** The newest one in a state. */
  newest(state: ReleaseState): Release | undefined {
    const row = this.#db.prepare('SELECT * FROM release WHERE state = ? ORDER BY id DESC LIMIT 1').get(state);
    return row === undefined ? undefined : releaseOf(row as unknown as Row);
  }

  /** The newest one that made, or was to make, a certain change. */
  byFingerprint(fingerprint: string): Release | undefined {
    const row = this.#db
      .prepare('SELECT * FROM release WHERE fingerprint = ? ORDER BY id DESC LIMIT 1')
      .get(fingerprint);
    return row === undefined ? undefined : releaseOf(row as unknown as Row);
  }

  /** Those that are live or were, the newest first. */
  *live(): Generator<Release> {
    const rows = this.#db.prepare("SELECT * FROM release WHERE state = 'live' ORDER BY id DESC");
    for (const row of rows.iterate()) yield releaseOf(row as unknown as Row);
  }

  /** The one that was live at a moment. */
  liveAt(moment: Date): Release | undefined {
    for (const release of this.live()) if (Date.parse(release.published ?? '') <= moment.getTime()) return release;
    return undefined;
  }

  /** The one that was live so many steps ago; the live one is 0. */
  liveBack(steps: number): Release | undefined {
    // Leaving the loop closes the statement; one that stays open keeps tables locked.
    let left = steps;
    for (const release of this.live()) if (left-- === 0) return release;
    return undefined;
  }

  /** Of those that were live before a release only the time is kept, and of the others nothing. */
  forgetBefore(release: number): void {
    this.#db.prepare("DELETE FROM release WHERE id < ? AND state NOT IN ('live', 'forgotten')").run(release);
    this.#db
      .prepare(
        `UPDATE release SET state = 'forgotten', document =
           json_set(document, '$.exporters', json('[]'), '$.guard', json('[]'), '$.unconfirmed', json('[]'))
         WHERE id < ? AND state = 'live'`,
      )
      .run(release);
  }
}

function releaseOf({ document, ...row }: Row): Release {
  return { ...row, ...(JSON.parse(document) as ReleaseDocument) };
}
