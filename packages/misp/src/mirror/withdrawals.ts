import type { DatabaseSync } from 'node:sqlite';
import type { Fields } from '../fields.ts';

/**
 * What the mirror knows of why an attribute left it. `event`: its event is not in the index. `last`: nor is it, since it was
 * published too long ago. `unpublished`: the grace period of its event is over. `edited`: it has another value now.
 * `attribute`: it did not come with its event; only the server knows more.
 */
export type Withdrawal = 'event' | 'last' | 'unpublished' | 'edited' | 'attribute';

export interface WithdrawnAttribute {
  readonly why: Withdrawal;
  /** As attributes/restSearch answered it, with its `Event`, but without tags and descriptions. */
  readonly attribute: Fields;
}

/** More than these are counted, but not named. */
const MOST_NAMED = 100_000;

const NAMED = 'coalesce((SELECT max(rowid) FROM withdrawn), 0)';

/** What is long and does not say which attribute it was. */
const shortened = (json: string) => `json_remove(${json}, '$.comment', '$.info', '$.Tag', '$.Galaxy', '$.Orgc')`;

/** A value that is edited under the same number leaves the mirror, too. */
const SCRATCH = `
  CREATE TEMP TABLE withdrawn (why TEXT NOT NULL, fields TEXT NOT NULL, context TEXT) STRICT;
  CREATE TEMP TRIGGER edited BEFORE UPDATE OF fields ON attribute
  WHEN old.fields ->> '$.value' IS NOT new.fields ->> '$.value' AND ${NAMED} < ${MOST_NAMED}
  BEGIN
    INSERT INTO withdrawn
    SELECT 'edited', ${shortened('old.fields')}, (SELECT ${shortened('context')} FROM event WHERE id = old.event);
  END;
`;

/** Removes attributes from a mirror, and remembers them while the connection lasts. */
export class Withdrawals {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(SCRATCH);
  }

  forget(): void {
    this.#database.exec('DELETE FROM withdrawn');
  }

  /** Removes the attributes that meet a condition in SQL. Returns how many. */
  remove(why: Withdrawal, condition: string, ...values: readonly number[]): number {
    this.#database
      .prepare(
        `INSERT INTO withdrawn SELECT ?, ${shortened('fields')}, ${shortened('context')}
         FROM attribute LEFT JOIN event ON event.id = attribute.event
         WHERE ${condition} LIMIT ${MOST_NAMED} - ${NAMED}`,
      )
      .run(why, ...values);
    return Number(this.#database.prepare(`DELETE FROM attribute WHERE ${condition}`).run(...values).changes);
  }

  *all(): Generator<WithdrawnAttribute> {
    for (const { why, fields, context } of this.#database.prepare('SELECT * FROM withdrawn').iterate()) {
      const Event = context === null ? undefined : JSON.parse(String(context));
      yield { why: String(why) as Withdrawal, attribute: { ...JSON.parse(String(fields)), Event } };
    }
  }
}
