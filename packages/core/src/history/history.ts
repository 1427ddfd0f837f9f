import type { DatabaseSync } from 'node:sqlite';
import { hasHistory, openHistory } from './database.ts';
import { Entries } from './entries.ts';
import { EventBook } from './event-book.ts';
import { ExporterBits } from './exporter-bits.ts';
import { type Release, Releases } from './releases.ts';

/** What was published when, and why it went: all releases of a state folder and the indicators in them. */
export class History {
  readonly #db: DatabaseSync;
  readonly releases: Releases;
  readonly entries: Entries;
  #events: EventBook | undefined;
  #exporters: ExporterBits | undefined;

  /** Opens the history of a state folder; undefined where nothing was ever built. Throws HISTORY_UNREADABLE. */
  static ifAny(state: string): History | undefined {
    return hasHistory(state) ? new History(state) : undefined;
  }

  /** Opens the history of a state folder, which is begun where there is none. Throws HISTORY_UNREADABLE. */
  constructor(state: string) {
    this.#db = openHistory(state);
    this.releases = new Releases(this.#db);
    this.entries = new Entries(this.#db);
  }

  get events(): EventBook {
    this.#events ??= new EventBook(this.#db);
    return this.#events;
  }

  get exporters(): ExporterBits {
    this.#exporters ??= new ExporterBits(this.#db);
    return this.#exporters;
  }

  /** Begins to write; until {@link commit} nobody else sees it, and nothing of it outlives the process. */
  begin(): void {
    this.#db.exec('BEGIN IMMEDIATE');
  }

  /** Makes what was written last, all of it. */
  commit(): void {
    this.#events?.save();
    this.#exporters?.save();
    this.#db.exec('COMMIT');
  }

  /** Forgets what was written since {@link begin}; does nothing when nobody writes. */
  rollBack(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
  }

  /** Writes in one go. */
  transaction(write: () => void): void {
    this.begin();
    try {
      write();
      this.commit();
    } catch (error) {
      this.rollBack();
      throw error;
    }
  }

  /** Takes a release that is not live, the newest one, out of the entries. */
  undo(release: Release): void {
    this.entries.undo(release.id);
    if (release.state === 'planned') this.releases.remove(release.id);
  }

  /** Takes away a plan that nobody has applied. */
  dropPlan(): void {
    const plan = this.releases.newest('planned');
    if (plan !== undefined) this.undo(plan);
  }

  /**
   * Forgets what only releases before this one can tell. What was live then, and since when something is, can still be told
   * of all that was live in this one or later.
   */
  forgetBefore(release: number): void {
    this.entries.forgetBefore(release);
    this.releases.forgetBefore(release);
  }

  /** May be called twice. */
  close(): void {
    if (!this.#db.isOpen) return;
    this.rollBack();
    this.#db.close();
  }
}
