import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { hashOf } from './records.ts';
import type { Store } from './store.ts';

/** Rows in the order of their values, and an index on the values. */
const indexedText = sqliteStore('SQLite, index on values', {
  build: `
    CREATE TABLE built.indicator (value TEXT NOT NULL, document TEXT NOT NULL);
    INSERT INTO built.indicator SELECT value, document FROM raw ORDER BY value;
    CREATE INDEX built.indicator_value ON indicator (value)`,
  key: (value) => value,
  find: 'SELECT document FROM indicator WHERE value = ?',
});

const clusteredText = sqliteStore('SQLite, values as the key of the table', {
  build: `
    CREATE TABLE built.indicator (value TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID;
    INSERT INTO built.indicator SELECT value, document FROM raw ORDER BY value`,
  key: (value) => value,
  find: 'SELECT document FROM indicator WHERE value = ?',
});

/** The value stays in the row, to be compared. */
const hashed = sqliteStore('SQLite, hashes of values as row ids', {
  build: `
    CREATE TABLE built.indicator (hash INTEGER PRIMARY KEY, value TEXT NOT NULL, document TEXT NOT NULL);
    INSERT INTO built.indicator SELECT hash, value, document FROM raw ORDER BY hash`,
  key: hashOf,
  find: 'SELECT document FROM indicator WHERE hash = ?',
});

export const SQLITE_STORES: readonly Store[] = [indexedText, clusteredText, hashed];

interface SqliteForm {
  readonly build: string;
  readonly key: (value: string) => string | number;
  readonly find: string;
}

function sqliteStore(name: string, { build, key, find }: SqliteForm): Store {
  return {
    name,
    build(raw, path) {
      raw.prepare('ATTACH ? AS built').run(path);
      raw.exec(
        `PRAGMA built.journal_mode = OFF; PRAGMA built.synchronous = OFF; BEGIN; ${build}; COMMIT; DETACH built`,
      );
    },
    open(path) {
      const url = pathToFileURL(path);
      url.searchParams.set('immutable', '1');
      const db = new DatabaseSync(url, { readOnly: true });
      const statement = db.prepare(find);
      return {
        find: (value) => statement.get(key(value))?.document?.toString(),
        close: () => db.close(),
      };
    },
  };
}
