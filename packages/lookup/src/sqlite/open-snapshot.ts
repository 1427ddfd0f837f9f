import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { coverOf } from '../cover.ts';
import type { KnownArtefact, KnownIndicator, KnownOrigin, Match, Query, Snapshot } from '../known.ts';
import type { IndicatorRow, Meta, OriginRow, PlaceRow, SharedOrigin, SharedPlace } from './index-file.ts';
import { SharedReader } from './shared-reader.ts';

/** One snapshot, open for reading. It stays readable when another one takes its place in the folder. */
export class OpenSnapshot {
  readonly snapshot: Snapshot;
  readonly #prefixLengths: Meta['prefixLengths'];
  readonly #db: DatabaseSync;
  readonly #byValue: StatementSync;
  readonly #origins: SharedReader<SharedOrigin>;
  readonly #places: SharedReader<SharedPlace>;

  constructor(path: string) {
    const url = pathToFileURL(path);
    // The file never changes, so that SQLite need not lock it for each question.
    url.searchParams.set('immutable', '1');
    this.#db = new DatabaseSync(url, { readOnly: true });
    const { snapshot, prefixLengths } = this.#meta();
    this.snapshot = snapshot;
    this.#prefixLengths = prefixLengths;
    this.#byValue = this.#db.prepare('SELECT * FROM indicator WHERE value = ? ORDER BY rowid');
    this.#origins = new SharedReader(this.#db);
    this.#places = new SharedReader(this.#db);
  }

  find(readings: readonly Query[]): Match[] {
    const matches: Match[] = [];
    for (const [value, relations] of coverOf(readings, this.#prefixLengths)) {
      for (const row of this.#byValue.all(value) as unknown as IndicatorRow[]) {
        const relation = relations.get(row.kind);
        if (relation !== undefined) matches.push({ relation, indicator: this.#indicatorOf(row) });
      }
    }
    return matches;
  }

  /** All that the snapshot holds, in the order of the values, for somebody who copies it. */
  *indicators(): Generator<KnownIndicator> {
    const rows = this.#db.prepare('SELECT * FROM indicator ORDER BY rowid').iterate();
    for (const row of rows as unknown as Iterable<IndicatorRow>) yield this.#indicatorOf(row);
  }

  close(): void {
    this.#db.close();
  }

  #meta(): Meta {
    return JSON.parse(String(this.#db.prepare('SELECT document FROM meta').get()?.document));
  }

  #indicatorOf({ value, kind, direction, port, origins, artefacts }: IndicatorRow): KnownIndicator {
    const originRows: readonly OriginRow[] = JSON.parse(origins);
    const placeRows: readonly PlaceRow[] = JSON.parse(artefacts);
    return {
      ...{ kind, value, direction: direction ?? undefined, port: port ?? undefined },
      origins: originRows.map((row) => this.#originOf(row)),
      artefacts: placeRows.map((row) => this.#artefactOf(row)),
    };
  }

  #originOf([id, attribute, comment, firstSeen, lastSeen, updated]: OriginRow): KnownOrigin {
    const { source, event, type, category, tlp, tags, techniques, severity, confidence, stopped, stoppedFor } =
      this.#origins.read(id);
    return {
      ...{ source, event, attribute, type, category, comment, tlp, tags, techniques, severity, confidence },
      ...{ firstSeen: firstSeen ?? undefined, lastSeen: lastSeen ?? undefined, updated: updated ?? undefined },
      ...{ stopped, stoppedFor },
    };
  }

  #artefactOf([id, name]: PlaceRow): KnownArtefact {
    const { exporter, file } = this.#places.read(id);
    return { exporter, file, id: name ?? undefined };
  }
}
