/**
 * One row a sighting. `state`: 0 waits, 1 was perhaps sent (`sent` says when), 2 is on the server, 3 was refused (`note` says
 * why). Rows stay, since they tell a late alert from a new one; see `Outbox.forget`.
 */
export const TABLES = `
  CREATE TABLE IF NOT EXISTS sightings (
    server TEXT NOT NULL, attribute TEXT NOT NULL, hour INTEGER NOT NULL, part INTEGER NOT NULL,
    count INTEGER NOT NULL, last INTEGER NOT NULL, state INTEGER NOT NULL DEFAULT 0, sent INTEGER, note TEXT,
    PRIMARY KEY (server, attribute, hour, part)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS unfinished ON sightings (hour) WHERE state < 2;
  CREATE TABLE IF NOT EXISTS positions (stream TEXT PRIMARY KEY, position TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`;

export const STATE = { waiting: 0, sending: 1, posted: 2, refused: 3 } as const;
