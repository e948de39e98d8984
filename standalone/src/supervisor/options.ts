import path from 'node:path';
import { parseArgs } from 'node:util';

export interface StandaloneOptions {
  /** The repository's folder: bundles, manifests and the portal are taken from it. */
  root: string;
  dataDir: string;
  /** Wanted, not promised: a taken one is named and another one chosen. */
  portalPort: number;
  /** `host:port` of private sites that may be visited. */
  egressAllow: readonly string[];
  /** False: everything but the portal, for tests. */
  portal: boolean;
  /** Told what goes on, one line each. */
  say(line: string): void;
  /** Given the means to end it all as soon as there is something to end. */
  onBegin?(handle: { close(): Promise<void>; kill(): void }): void;
}

export class UsageError extends Error {
  readonly name = 'UsageError';
}

export const USAGE = `npm start -- [options]
  --egress-allow HOST:PORT  let the browser visit this private or local address (may be repeated)
  --portal-port PORT        where the portal listens (default 7007)
  --data-dir DIR            where everything is kept (default .agentic)
  --no-portal               start all but the portal`;

const HOST_PORT = /^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?:\d{1,5}$/i;
const IPV6_PORT = /^\[[0-9a-f:.]+\]:\d{1,5}$/i;

function portNumber(text: string, option: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) {
    throw new UsageError(`${option} ${text}: not a port (1 to 65535)`);
  }
  return port;
}

/** @throws UsageError for anything that can't be meant */
export function parseOptions(
  args: readonly string[],
  root: string,
  say: (line: string) => void,
): StandaloneOptions {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        'egress-allow': { type: 'string', multiple: true },
        'portal-port': { type: 'string' },
        'data-dir': { type: 'string' },
        'no-portal': { type: 'boolean' },
      },
    }));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const egressAllow = values['egress-allow'] ?? [];
  for (const entry of egressAllow) {
    if (!HOST_PORT.test(entry) && !IPV6_PORT.test(entry)) {
      throw new UsageError(
        `--egress-allow ${entry}: not HOST:PORT, for example localhost:8080`,
      );
    }
    portNumber(entry.slice(entry.lastIndexOf(':') + 1), '--egress-allow');
  }
  return {
    root,
    dataDir: path.resolve(root, values['data-dir'] ?? '.agentic'),
    portalPort: portNumber(values['portal-port'] ?? '7007', '--portal-port'),
    egressAllow,
    portal: !values['no-portal'],
    say,
  };
}
