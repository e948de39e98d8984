import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { readJsonFile, writeFileWhole } from '../processes/json-file';
import { AlreadyRunning, takeLock } from './lock';

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

  constructor(
    private readonly folder = path.join(
      tmpdir(),
      `agentworkloads-ports-${userInfo().uid}`,
    ),
  ) {}

  /** True when it is ours now. Where nothing can be written down, being free must do. */
  async take(port: number): Promise<boolean> {
    try {
      this.held.push(await takeLock(path.join(this.folder, String(port))));
      return true;
    } catch (error) {
      return !(error instanceof AlreadyRunning);
    }
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

/**
 * Chooses a port for each of the parts; a wanted one that is taken is named. Parts return to their
 * `last` ports: a Workflow that waits at its gate has the address of the object storage in its status.
 */
export async function pickPorts<Name extends PortName>(
  names: readonly Name[],
  portalPort: number,
  reservations: PortReservations,
  say: (line: string) => void,
  last: LastPorts = {},
): Promise<Pick<Ports, Name>> {
  const taken = new Set<number>();
  const ports: Partial<Record<PortName, number>> = {};
  for (const name of names) {
    const [preferred, fallback] = PORTS[name];
    const wanted = name === 'portal' ? portalPort : last[name] ?? preferred;
    const port = await pickPort(
      wanted,
      name === 'portal' ? Math.min(portalPort + 1, 65_000) : fallback,
      taken,
      async candidate =>
        (await isFree(candidate)) && reservations.take(candidate),
    );
    if (port !== wanted) {
      say(
        `! Port ${wanted} is taken by another program: ${PORT_TITLES[name]} takes ${port}`,
      );
    }
    taken.add(port);
    ports[name] = port;
  }
  return ports as Pick<Ports, Name>;
}
