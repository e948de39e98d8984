import type { Credentials } from './credentials';

/** How one client of the database gets into its own one; nobody else does. */
export interface DatabaseAccess {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
}

const access = (
  name: string,
  port: number,
  password: string,
): DatabaseAccess => ({
  host: '127.0.0.1',
  port,
  user: name,
  password,
  database: name,
});

/** Of the steps. */
export const checkpointsDatabase = (
  port: number,
  { checkpointsPassword }: Pick<Credentials, 'checkpointsPassword'>,
) => access('checkpoints', port, checkpointsPassword);

export const portalDatabase = (
  port: number,
  { portalPassword }: Pick<Credentials, 'portalPassword'>,
) => access('portal', port, portalPassword);

/** Passwords of ours are hexadecimal: nothing to escape. */
export function databaseUrl(to: DatabaseAccess): string {
  return `postgres://${to.user}:${to.password}@${to.host}:${to.port}/${to.database}`;
}
