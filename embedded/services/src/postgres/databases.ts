import pg from 'pg';

/** A database with a user of the same name, who owns it and can't get into another one. */
export interface DatabaseOptions {
  /** Lower case letters and underscores. */
  name: string;
  password: string;
}

export interface Address {
  host: string;
  port: number;
}

export function urlOf(
  { host, port }: Address,
  { name, password }: DatabaseOptions,
): string {
  return `postgres://${name}:${encodeURIComponent(
    password,
  )}@${host}:${port}/${name}`;
}

async function ensureDatabase(
  client: pg.Client,
  { name, password }: DatabaseOptions,
): Promise<void> {
  const role = pg.escapeIdentifier(name);
  const { rows } = await client.query<{ role: boolean; database: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS role,
            EXISTS (SELECT FROM pg_database WHERE datname = $1) AS database`,
    [name],
  );
  // At every start: the file with the passwords may have been made anew.
  await client.query(
    `${
      rows[0].role ? 'ALTER' : 'CREATE'
    } ROLE ${role} LOGIN PASSWORD ${pg.escapeLiteral(password)}`,
  );
  if (!rows[0].database) {
    await client.query(`CREATE DATABASE ${role} OWNER ${role}`);
  }
  await client.query(`REVOKE ALL ON DATABASE ${role} FROM PUBLIC`);
}

/** Makes the databases that are missing. */
export async function ensureDatabases(
  address: Address,
  administrator: string,
  databases: readonly DatabaseOptions[],
): Promise<void> {
  const client = new pg.Client({
    ...address,
    user: 'postgres',
    password: administrator,
    database: 'postgres',
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  try {
    // A statement that fails is logged, and these hold passwords.
    await client.query('SET log_min_error_statement = panic');
    for (const name of ['postgres', 'template1'])
      await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    for (const database of databases) await ensureDatabase(client, database);
  } finally {
    await client.end();
  }
}
