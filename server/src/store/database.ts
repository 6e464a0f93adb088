import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** What the tables are made in. */
export type Database = DatabaseSync

const FILE = 'practice.sqlite'
const BUSY_TIMEOUT_MS = 2000

/** Each is applied once, in order; `user_version` counts them. Never change one that was released: add another. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE progress (
     person TEXT NOT NULL,
     exercise TEXT NOT NULL,
     opened_at INTEGER NOT NULL,
     seen_at INTEGER NOT NULL,
     runs INTEGER NOT NULL DEFAULT 0,
     raced INTEGER NOT NULL DEFAULT 0,
     solved_at INTEGER,
     solved_in_runs INTEGER,
     revealed_at INTEGER,
     PRIMARY KEY (person, exercise)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX progress_seen ON progress (seen_at);`,
  `CREATE TABLE draft (
     person TEXT NOT NULL,
     exercise TEXT NOT NULL,
     revision INTEGER NOT NULL,
     content TEXT NOT NULL,
     saved_at INTEGER NOT NULL,
     PRIMARY KEY (person, exercise)
   ) STRICT;
   CREATE INDEX draft_saved ON draft (saved_at);`,
  `CREATE TABLE interview (
     id TEXT PRIMARY KEY,
     owner TEXT NOT NULL,
     title TEXT NOT NULL,
     candidate TEXT NOT NULL,
     alone INTEGER NOT NULL,
     made_at INTEGER NOT NULL,
     finished_at INTEGER,
     deletes_at INTEGER NOT NULL,
     interviewer_key TEXT NOT NULL UNIQUE,
     candidate_key TEXT UNIQUE,
     candidate_until INTEGER
   ) STRICT;
   CREATE INDEX interview_owner ON interview (owner);
   CREATE INDEX interview_deletes ON interview (deletes_at);
   CREATE TABLE interview_entry (
     interview TEXT NOT NULL REFERENCES interview (id) ON DELETE CASCADE,
     seq INTEGER NOT NULL,
     at INTEGER NOT NULL,
     by TEXT,
     entry TEXT NOT NULL,
     edit BLOB,
     PRIMARY KEY (interview, seq)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE interview_member (
     interview TEXT NOT NULL REFERENCES interview (id) ON DELETE CASCADE,
     person TEXT NOT NULL,
     role TEXT NOT NULL,
     member TEXT NOT NULL,
     PRIMARY KEY (interview, person, role)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE interview_run (
     interview TEXT NOT NULL REFERENCES interview (id) ON DELETE CASCADE,
     run TEXT NOT NULL,
     frames BLOB NOT NULL,
     PRIMARY KEY (interview, run)
   ) STRICT;`,
  `CREATE TABLE kept_run (
     id TEXT NOT NULL UNIQUE,
     owner_kind TEXT NOT NULL,
     owner TEXT NOT NULL,
     run TEXT NOT NULL,
     content BLOB NOT NULL,
     timeline BLOB,
     bytes INTEGER NOT NULL,
     expires_at INTEGER NOT NULL,
     UNIQUE (owner_kind, owner, run)
   ) STRICT;
   CREATE INDEX kept_run_expiry ON kept_run (expires_at, bytes);`,
  `ALTER TABLE interview_entry ADD COLUMN act TEXT;
   CREATE UNIQUE INDEX interview_entry_act ON interview_entry (interview, by, act) WHERE act IS NOT NULL;`,
]

/**
 * Opens the database of a data folder, and makes it and its tables where they are missing. Throws where the file cannot
 * be written or belongs to a newer version of this server.
 */
export function openDatabase(dataDir: string): DatabaseSync {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, FILE)
  const database = new DatabaseSync(file)
  try {
    chmodSync(file, 0o600)
    // FULL: what was acknowledged is on the disk, whatever becomes of the process or the machine. What is deleted is overwritten.
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA secure_delete = ON`,
    )
    migrate(database, file)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** A database that lasts as long as the process: what is left where no file can be had. */
export function openMemory(): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  migrate(database, 'memory')
  return database
}

function migrate(database: DatabaseSync, file: string): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0)
  if (version > MIGRATIONS.length) {
    throw new Error(
      `${file} was written by a newer version of this server (${version}, this one knows ${MIGRATIONS.length})`,
    )
  }
  for (const [index, statements] of MIGRATIONS.entries()) {
    if (index >= version) database.exec(`BEGIN IMMEDIATE; ${statements} PRAGMA user_version = ${index + 1}; COMMIT`)
  }
}
