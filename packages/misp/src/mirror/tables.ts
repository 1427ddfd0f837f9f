/** Changes with the tables: a mirror of another layout is made anew. */
export const LAYOUT = 2;

/** What lasts from run to run. */
export const TABLES = `
  CREATE TABLE sync (swept INTEGER NOT NULL, synced INTEGER NOT NULL, view TEXT NOT NULL) STRICT;
  CREATE TABLE event (
    id INTEGER PRIMARY KEY, timestamp INTEGER, published INTEGER NOT NULL DEFAULT 0, unpublished_since INTEGER, context TEXT
  ) STRICT;
  CREATE TABLE attribute (id INTEGER PRIMARY KEY, event INTEGER NOT NULL, fields TEXT NOT NULL) STRICT;
  CREATE INDEX attribute_event ON attribute (event);
  PRAGMA user_version = ${LAYOUT};
`;

/**
 * `walked`: attributes that were seen since `Mirror.forgetWalked`. `spared`: events of which nothing is removed. Both live
 * as long as the connection.
 */
export const SCRATCH = `
  CREATE TEMP TABLE walked (id INTEGER PRIMARY KEY) STRICT;
  CREATE TEMP TABLE spared (event INTEGER PRIMARY KEY) STRICT;
`;
