import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { RuleQuery } from './queries.ts';

/** A log record: fields and what stands in them. */
export type LogRecord = Readonly<Record<string, string | number>>;

/** Column of the number under which a record was added, and of what it was added for. No field of a rule has a bar in its name. */
const NUMBER = '|number';
const GROUP = '|group';

/** Most columns that SQLite takes, without our own. */
const MAX_COLUMNS = 1900;

/** Log records in an embedded database, on which converted rules are run. */
export class LogTable {
  readonly #database = new DatabaseSync(':memory:');
  readonly #columns = new Map<string, string>();
  readonly #statements = new Map<string, StatementSync>();
  #size = 0;

  /** @param fields all that records have or rules ask for; they differ in more than case. */
  constructor(fields: Iterable<string>) {
    for (const field of fields) {
      const name = field.toLowerCase();
      if (!this.#columns.has(name) && this.#columns.size < MAX_COLUMNS) this.#columns.set(name, field);
    }
    // Sigma compares without regard to case.
    const columns = [...this.#columns.values()].map((field) => `${quoted(field)} COLLATE NOCASE`);
    const own = [`${quoted(NUMBER)} INTEGER PRIMARY KEY`, `${quoted(GROUP)} TEXT`];
    this.#database.exec(`CREATE TABLE logs (${[...own, ...columns].join(', ')})`);
    this.#database.exec('BEGIN');
  }

  /** Adds a record to a group and returns its number. */
  add(group: string, record: LogRecord): number {
    const fields = Object.keys(record);
    const names = [NUMBER, GROUP, ...fields].map(quoted).join(', ');
    const marks = ['?', '?', ...fields.map(() => '?')].join(', ');
    const statement = this.#statement(`INSERT INTO logs (${names}) VALUES (${marks})`);
    statement.run(this.#size, group, ...Object.values(record));
    return this.#size++;
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  /** Called once, when all records are in. */
  index(): void {
    this.#database.exec(`COMMIT; CREATE INDEX groups ON logs (${quoted(GROUP)})`);
    this.#statements.clear();
  }

  /** Numbers of the records of a group on which a rule fires; throws when SQLite cannot run its query. */
  matches({ condition }: RuleQuery, group: string): number[] {
    const sql = `SELECT ${quoted(NUMBER)} AS n FROM logs WHERE ${quoted(GROUP)} = ? AND (${condition})`;
    return this.#database
      .prepare(sql)
      .all(group)
      .map(({ n }) => Number(n));
  }

  close(): void {
    this.#database.close();
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
