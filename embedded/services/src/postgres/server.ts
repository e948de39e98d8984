import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, realpath } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chooseAccounts, type Accounts } from './account';
import { ensureCluster, filesIn, nameFromInside } from './cluster';
import { ensureDatabases, urlOf, type DatabaseOptions } from './databases';
import { explain } from './explain';
import { guard } from './guard';
import { endLeftServers } from './leftovers';
import { removeLentPrograms } from './lent-programs';
import { layOutPrograms, type Programs } from './programs';
import { serverArguments } from './settings';

export interface PostgresOptions {
  /** Loopback. */
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** Its own: made if need be, and one server's at a time. The caller sees to that. */
  folder: string;
  databases: readonly DatabaseOptions[];
  /** False for tests: faster, and a power cut may spoil the data. */
  durable: boolean;
  /** Gets what the server says, in pieces. */
  log: (text: string) => void;
}

export interface RunningPostgres {
  port: number;
  /** `postgres://…` of one of the databases, with its password. */
  url(name: string): string;
  /** Resolves when the server is gone, with what it said last, asked for or not. */
  ended: Promise<string>;
  /** Ends all sessions and the server; what was committed is on disk. */
  close(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;
/** For a fast shutdown, then for an immediate one. */
const PATIENCE_MS = 3_000;

/**
 * PostgreSQL from npm, on loopback, with a password. As root it runs as a user of its own: its data lie in the folder all the
 * same, its programs in a temporary one, for as long as it runs.
 *
 * @throws Error that says what is in the way and what to do
 */
export async function startPostgres(
  options: PostgresOptions,
): Promise<RunningPostgres> {
  const { folder, host, durable } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  await endLeftServers(filesIn(folder).data);
  await removeLentPrograms(folder);
  const accounts = await accountsFor(folder);
  const programs = await layOutPrograms(folder, accounts?.server);
  try {
    const password = await ensureCluster(folder, programs, accounts, durable);
    const port = options.port || (await freePort(host));
    const server = await launch({ ...options, port }, programs, accounts);
    try {
      await ensureDatabases({ host, port }, password, options.databases);
    } catch (error) {
      await server.close();
      throw error;
    }
    return server;
  } catch (error) {
    await removeLentPrograms(folder);
    throw error;
  }
}

/** Undefined where it runs as whoever starts it. */
async function accountsFor(folder: string): Promise<Accounts | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (process.platform !== 'linux') {
    throw new Error(
      'PostgreSQL refuses to run as root: start as another user, without sudo',
    );
  }
  return chooseAccounts(
    await readFile('/etc/passwd', 'utf8').catch(() => ''),
    await realpath(folder),
  );
}

async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function launch(
  options: PostgresOptions,
  programs: Programs,
  accounts: Accounts | undefined,
): Promise<RunningPostgres> {
  const { folder, host, port, durable, databases } = options;
  const data = await realpath(filesIn(folder).data);
  const child = spawn(
    path.join(programs.folder, 'bin/postgres'),
    [
      '-D',
      nameFromInside(data, accounts?.server),
      ...serverArguments({ host, port, durable }),
    ],
    {
      cwd: data,
      env: {},
      stdio: ['ignore', 'ignore', 'pipe'],
      ...accounts?.server,
    },
  );
  let said = '';
  child.stderr.on('data', (piece: Buffer) => {
    said = `${said}${piece}`.slice(-8_000);
    options.log(piece.toString());
  });
  const ended = new Promise<string>(resolve => {
    child.once('error', error => resolve(error.message));
    child.once('close', () => resolve(explain(said)));
  });
  if (child.pid === undefined) throw new Error(await ended);
  const watch = guard(
    child.pid,
    data,
    programs.passing ? programs.folder : undefined,
  );
  const close = async () => {
    await end(child);
    await watch.dismiss();
    await removeLentPrograms(folder);
  };
  try {
    await waitReady(child, data);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    port,
    ended,
    close,
    url: name => {
      const database = databases.find(one => one.name === name);
      if (!database) throw new Error(`there is no database "${name}"`);
      return urlOf({ host, port }, database);
    },
  };

  async function waitReady(server: ChildProcess, place: string) {
    const until = Date.now() + READY_WITHIN_MS;
    while (Date.now() < until) {
      if (server.exitCode !== null || server.signalCode !== null) {
        throw new Error(`PostgreSQL did not start: ${await ended}`);
      }
      // Its own file says so, on the last line: a port that listens may still say "starting up".
      const status = await readFile(path.join(place, 'postmaster.pid'), 'utf8')
        .then(text => text.split('\n'))
        .catch(() => []);
      if (status[0] === String(server.pid) && status[7]?.trim() === 'ready')
        return;
      await delay(10);
    }
    throw new Error(
      `PostgreSQL is not ready after ${READY_WITHIN_MS / 1000} s: ${explain(
        said,
      )}`,
    );
  }
}

async function end(child: ChildProcess): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit', {
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).then(
      () => true,
      () => false,
    );
    child.kill(signal);
    if (await gone) return;
  }
}
