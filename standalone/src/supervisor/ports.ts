import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { readJsonFile, writeFileWhole } from '@agentworkloads/processes';
import { AlreadyRunning, takeLock } from './lock';
import { listenerOn, programOf } from './neighbours';
import { ensureOwnFolder } from './own-folder';

/** True when nobody listens there on IPv4 loopback. */
export function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

const TRIES = 200;

/** The wanted port, or the first free one from `fallback` on. */
export async function pickPort(
  wanted: number,
  fallback: number,
  taken: ReadonlySet<number>,
  free: (port: number) => Promise<boolean> = isFree,
): Promise<number> {
  const candidates = [
    wanted,
    ...Array.from({ length: TRIES }, (_, index) => fallback + index),
  ];
  for (const port of candidates) {
    if (port <= 65_535 && !taken.has(port) && (await free(port))) return port;
  }
  throw new Error(
    `No free port from ${fallback} to ${
      fallback + TRIES
    }: end some of the programs that listen there.`,
  );
}

/** Preferred ports; the second is where the search goes on. */
export const PORTS = {
  portal: [7007, 7008],
  kubeApi: [6443, 16_443],
  s3: [9000, 19_000],
  postgres: [5433, 15_433],
  demo: [4180, 14_180],
  egress: [3128, 13_128],
  operatorHealth: [8081, 18_081],
} as const;
export type PortName = keyof typeof PORTS;
export type Ports = Readonly<Record<PortName, number>>;

const PORT_TITLES: Record<PortName, string> = {
  portal: 'the portal',
  kubeApi: 'the Kubernetes API',
  s3: 'the object storage',
  postgres: 'the database',
  demo: 'the demo site',
  egress: 'the egress proxy',
  operatorHealth: 'the operator’s health page',
};

type Release = () => Promise<void>;

/**
 * Ports of this person's other starts, on this machine: between the choice of a port and the moment
 * when its part listens there, it looks free to them.
 */
export class PortReservations {
  private readonly held: Release[] = [];
  private readonly others = new Map<number, number>();

  constructor(
    private readonly folder = path.join(
      tmpdir(),
      `agentworkloads-ports-${userInfo().uid}`,
    ),
  ) {}

  /** True when it is ours now. Where nothing can be written down, being free must do. */
  async take(port: number): Promise<boolean> {
    try {
      await ensureOwnFolder(this.folder);
      this.held.push(await takeLock(path.join(this.folder, String(port))));
      return true;
    } catch (error) {
      if (!(error instanceof AlreadyRunning)) return true;
      this.others.set(port, error.pid);
      return false;
    }
  }

  /** The process of the other start that has this port, where one was found. */
  holder(port: number): number | undefined {
    return this.others.get(port);
  }

  async release(): Promise<void> {
    await Promise.all(this.held.splice(0).map(release => release()));
  }
}

const lastPortsSchema = z.partialRecord(
  z.enum(Object.keys(PORTS) as PortName[]),
  z.int().min(1).max(65_535),
);
export type LastPorts = z.infer<typeof lastPortsSchema>;

/** Ports of the start before, from the file that {@link saveLastPorts} wrote; none when there is none. */
export async function readLastPorts(file: string): Promise<LastPorts> {
  const found = await readJsonFile(file).catch(() => undefined);
  return lastPortsSchema.catch({}).parse(found ?? {});
}

export function saveLastPorts(file: string, ports: LastPorts): Promise<void> {
  return writeFileWhole(file, `${JSON.stringify(ports)}\n`);
}

async function holderOf(
  port: number,
  reservations: PortReservations,
): Promise<string> {
  const listener = await listenerOn(port);
  if (listener) return listener;
  const pid = reservations.holder(port);
  return (
    (pid && (await programOf(pid))) ||
    (pid ? `another start (process ${pid})` : 'another program')
  );
}

export interface WantedPorts {
  portalPort: number;
  /** Where the search begins for all others; absent: at each one's own port. */
  from?: number;
}

/** Where a part wants to be, and where the search goes on. */
function preference(
  name: PortName,
  wanted: WantedPorts,
): readonly [number, number] {
  if (name === 'portal') {
    return [wanted.portalPort, Math.min(wanted.portalPort + 1, 65_000)];
  }
  return wanted.from === undefined ? PORTS[name] : [wanted.from, wanted.from];
}

/**
 * Chooses a port for each of the parts; for a wanted one that is taken it is said by whom. Parts return to their
 * `last` ports: a Workflow that waits at its gate has the address of the object storage in its status.
 */
export async function pickPorts<Name extends PortName>(
  names: readonly Name[],
  wishes: WantedPorts,
  reservations: PortReservations,
  say: (line: string) => void,
  last: LastPorts = {},
): Promise<Pick<Ports, Name>> {
  const taken = new Set<number>();
  const ports: Partial<Record<PortName, number>> = {};
  for (const name of names) {
    const [preferred, fallback] = preference(name, wishes);
    const wanted = name === 'portal' ? preferred : last[name] ?? preferred;
    const port = await pickPort(
      wanted,
      fallback,
      taken,
      async candidate =>
        (await isFree(candidate)) && reservations.take(candidate),
    );
    // Of a range, any is as good as another.
    if (port !== wanted && wanted !== wishes.from) {
      say(
        `! Port ${wanted} is taken by ${await holderOf(
          wanted,
          reservations,
        )}: ${PORT_TITLES[name]} takes ${port}`,
      );
    }
    taken.add(port);
    ports[name] = port;
  }
  return ports as Pick<Ports, Name>;
}
