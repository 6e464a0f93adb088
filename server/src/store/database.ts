import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

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
    // FULL: what was acknowledged is on the disk, whatever becomes of the process or the machine.
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
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
