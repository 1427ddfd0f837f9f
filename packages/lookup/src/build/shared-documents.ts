import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Characters of documents that are remembered in memory. */
const MOST_REMEMBERED = 16_000_000;

/** Gives equal documents one number. They are on disk; those of late are in memory, too. */
export class SharedDocuments {
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  readonly #remembered = new Map<string, number>();
  #length = 0;

  constructor(db: DatabaseSync) {
    db.exec('CREATE TABLE shared (id INTEGER PRIMARY KEY, document TEXT NOT NULL UNIQUE)');
    this.#find = db.prepare('SELECT id FROM shared WHERE document = ?');
    this.#insert = db.prepare('INSERT INTO shared (document) VALUES (?)');
  }

  idOf(shared: object): number {
    const document = JSON.stringify(shared);
    const known = this.#remembered.get(document);
    if (known !== undefined) return known;
    const id = Number(this.#find.get(document)?.id ?? this.#insert.run(document).lastInsertRowid);
    this.#remember(document, id);
    return id;
  }

  #remember(document: string, id: number): void {
    this.#length += document.length;
    if (this.#length > MOST_REMEMBERED) {
      this.#remembered.clear();
      this.#length = document.length;
    }
    this.#remembered.set(document, id);
  }
}
