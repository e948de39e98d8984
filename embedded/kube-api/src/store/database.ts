import Database from 'better-sqlite3';

export interface StoredRow {
  kind: string;
  namespace: string;
  name: string;
  version: number;
  body: string;
}

/**
 * The objects on disk. Write-ahead log, so a killed process loses nothing that
 * was acknowledged; the version counter is part of each write's transaction, so
 * that a number is never given out twice.
 */
export class ObjectDatabase {
  private readonly db: Database.Database;
  private readonly write: (row: StoredRow) => void;
  private readonly erase: (row: Omit<StoredRow, 'body'>) => void;

  constructor(path: string) {
    this.db = openAlone(path);
    this.db.exec(`
      CREATE TABLE IF NOT EXISTS counter (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL);
      INSERT OR IGNORE INTO counter (id, version) VALUES (1, 1);
      CREATE TABLE IF NOT EXISTS objects (
        kind TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL,
        version INTEGER NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (kind, namespace, name)
      ) WITHOUT ROWID;
    `);
    const count = this.db.prepare('UPDATE counter SET version = ?');
    const upsert = this.db.prepare(
      `INSERT INTO objects (kind, namespace, name, version, body) VALUES (@kind, @namespace, @name, @version, @body)
       ON CONFLICT (kind, namespace, name) DO UPDATE SET version = excluded.version, body = excluded.body`,
    );
    const remove = this.db.prepare(
      'DELETE FROM objects WHERE kind = @kind AND namespace = @namespace AND name = @name',
    );
    this.write = this.db.transaction((row: StoredRow) => {
      count.run(row.version);
      upsert.run(row);
    });
    this.erase = this.db.transaction((row: Omit<StoredRow, 'body'>) => {
      count.run(row.version);
      remove.run({ kind: row.kind, namespace: row.namespace, name: row.name });
    });
  }

  version(): number {
    const row = this.db.prepare('SELECT version FROM counter').get() as {
      version: number;
    };
    return row.version;
  }

  rows(): IterableIterator<StoredRow> {
    return this.db
      .prepare('SELECT kind, namespace, name, version, body FROM objects')
      .iterate() as IterableIterator<StoredRow>;
  }

  save(row: StoredRow): void {
    this.write(row);
  }

  delete(row: Omit<StoredRow, 'body'>): void {
    this.erase(row);
  }

  close(): void {
    this.db.close();
  }
}

/** Two servers on one file would each trust their own memory. */
function openAlone(path: string): Database.Database {
  const db = new Database(path, { timeout: 1000 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.exec('BEGIN EXCLUSIVE; COMMIT');
  } catch (error) {
    db.close();
    throw new Error(
      `${path} can't be opened: another API server may be using it (${
        (error as Error).message
      })`,
      { cause: error },
    );
  }
  return db;
}
