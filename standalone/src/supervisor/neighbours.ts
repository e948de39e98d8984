import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';

/** What runs of this project: a bundle, or the portal's backend. */
const OURS =
  /(?:^|\/)(?:(?:standalone|agents|egress|operator|demo|embedded\/[\w-]+)\/dist\/[\w-]+\.mjs|packages\/backend\/src\/index\.ts)$/;
const LISTENING = '0A';

/**
 * For people: which program this is and where it runs. Never its whole command line, which may hold secrets.
 *
 * @param args command line of the process
 * @param folder its working folder
 */
export function describeProgram(
  args: readonly string[],
  folder: string,
  pid: number,
): string {
  if (args.some(argument => OURS.test(argument))) {
    return `another start of this project, in ${folder} (process ${pid})`;
  }
  const [program = 'a program', ...rest] = args;
  const name = path.basename(program);
  const script = /^(node|python|java|ruby)/.test(name)
    ? rest.find(argument => !argument.startsWith('-'))
    : undefined;
  return `${[name, script && path.basename(script)]
    .filter(Boolean)
    .join(' ')} in ${folder} (process ${pid})`;
}

/** The inodes of sockets that listen on this port, of a file as `/proc/net/tcp`. */
export function listeningInodes(table: string, port: number): string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return table
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(/\s+/))
    .filter(
      fields => fields[1]?.endsWith(`:${wanted}`) && fields[3] === LISTENING,
    )
    .map(fields => fields[9]);
}

/** Undefined where nothing can be said of the process: it is gone, or somebody else's. */
export async function programOf(pid: number): Promise<string | undefined> {
  try {
    const [line, folder] = await Promise.all([
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
      readlink(`/proc/${pid}/cwd`),
    ]);
    const args = line.split('\0').filter(Boolean);
    return args.length > 0 ? describeProgram(args, folder, pid) : undefined;
  } catch {
    return undefined;
  }
}

async function hasOpen(pid: number, sockets: Set<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  const links = await Promise.all(
    names.map(name => readlink(path.join(folder, name)).catch(() => '')),
  );
  return links.some(link => sockets.has(link));
}

/**
 * The program that listens on a port of this machine, for people.
 *
 * @returns undefined when it belongs to somebody else, or can't be found (only Linux tells)
 */
export async function listenerOn(port: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map(name =>
      readFile(`/proc/net/${name}`, 'utf8').catch(() => ''),
    ),
  );
  const sockets = new Set(
    tables
      .flatMap(table => listeningInodes(table, port))
      .map(inode => `socket:[${inode}]`),
  );
  if (sockets.size === 0) return undefined;
  for (const entry of await readdir('/proc')) {
    const pid = Number(entry);
    if (Number.isInteger(pid) && (await hasOpen(pid, sockets))) {
      return programOf(pid);
    }
  }
  return undefined;
}
