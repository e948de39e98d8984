import path from 'node:path';
import { parseArgs } from 'node:util';

export interface ClusterOptions {
  /** A kubeconfig whose user may ask for tokens of our ServiceAccounts. */
  kubeconfig: string;
  /** The operator runs here, not in the cluster. */
  operator: boolean;
  /** Where the artifacts are, in the form of `.agentic/s3.json`. */
  s3?: string;
}

export interface StandaloneOptions {
  /** The repository's folder: bundles, manifests and the portal are taken from it. */
  root: string;
  dataDir: string;
  /** Wanted, not promised: a taken one is named and another one chosen. */
  portalPort: number;
  /** The first port to try for everything else; absent: the usual ones. */
  portsFrom?: number;
  /** `host:port` of private sites that may be visited. */
  egressAllow: readonly string[];
  /** Names by which this machine is asked besides localhost; without ports. */
  allowHosts: readonly string[];
  /** False: everything but the portal, for tests. */
  portal: boolean;
  /** The cluster to use instead of this machine's own API server and engine. */
  cluster?: ClusterOptions;
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
  --allow-host NAME         answer requests that name this machine so, too (may be repeated)
  --portal-port PORT        where the portal listens (default 7007)
  --ports-from PORT         look for all other ports from this one on, beside something that needs the usual ones
  --data-dir DIR            where everything is kept (default .agentic)
  --no-portal               start all but the portal

npm start -- --kubeconfig FILE [options]    the portal alone, for an existing cluster
  --kubeconfig FILE         an administrator of the cluster (certificate or token)
  --s3 FILE                 where the artifacts are: JSON with endpoint, region, accessKey, secretKey, bucket
  --operator                run the operator here too; none may run in the cluster
  --portal-port, --ports-from, --no-portal, and --data-dir (default .agentic/cluster)`;

const HOST_PORT = /^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?:\d{1,5}$/i;
const IPV6_PORT = /^\[[0-9a-f:.]+\]:\d{1,5}$/i;

function portNumber(text: string, option: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) {
    throw new UsageError(`${option} ${text}: not a port (1 to 65535)`);
  }
  return port;
}

function parseArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        'egress-allow': { type: 'string', multiple: true },
        'allow-host': { type: 'string', multiple: true },
        'portal-port': { type: 'string' },
        'ports-from': { type: 'string' },
        'data-dir': { type: 'string' },
        'no-portal': { type: 'boolean' },
        kubeconfig: { type: 'string' },
        operator: { type: 'boolean' },
        s3: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
type Values = ReturnType<typeof parseArguments>;

function checkedEgress(values: Values): readonly string[] {
  const egressAllow = values['egress-allow'] ?? [];
  for (const entry of egressAllow) {
    if (!HOST_PORT.test(entry) && !IPV6_PORT.test(entry)) {
      throw new UsageError(
        `--egress-allow ${entry}: not HOST:PORT, for example localhost:8080`,
      );
    }
    portNumber(entry.slice(entry.lastIndexOf(':') + 1), '--egress-allow');
  }
  return egressAllow;
}

const HOST_NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i;

function checkedHosts(values: Values): readonly string[] {
  const hosts = values['allow-host'] ?? [];
  for (const host of hosts) {
    if (!HOST_NAME.test(host)) {
      throw new UsageError(
        `--allow-host ${host}: not a name without a port, for example my-machine.lan`,
      );
    }
  }
  return hosts;
}

function clusterOptions(
  values: Values,
  root: string,
): ClusterOptions | undefined {
  const { kubeconfig, operator = false, s3 } = values;
  if (kubeconfig === undefined) {
    const alone = operator ? '--operator' : s3 !== undefined && '--s3';
    if (alone) {
      throw new UsageError(
        `${alone} is for an existing cluster: say which with --kubeconfig FILE`,
      );
    }
    return undefined;
  }
  if (kubeconfig === '' || s3 === '') {
    throw new UsageError('--kubeconfig and --s3 want the name of a file');
  }
  if (values['egress-allow']) {
    throw new UsageError(
      '--egress-allow has no effect on a cluster: set EGRESS_ALLOW of its egress proxy (deploy/shared-services)',
    );
  }
  if (values['no-portal'] && !operator) {
    throw new UsageError(
      '--kubeconfig with --no-portal starts nothing: add --operator, or leave --no-portal out',
    );
  }
  return {
    kubeconfig: path.resolve(root, kubeconfig),
    operator,
    ...(s3 === undefined ? {} : { s3: path.resolve(root, s3) }),
  };
}

/** @throws UsageError for anything that can't be meant */
export function parseOptions(
  args: readonly string[],
  root: string,
  say: (line: string) => void,
): StandaloneOptions {
  const values = parseArguments(args);
  const cluster = clusterOptions(values, root);
  return {
    root,
    dataDir: path.resolve(
      root,
      // A folder of its own: this machine's kubeconfig and portal stay as they are.
      values['data-dir'] ?? (cluster ? '.agentic/cluster' : '.agentic'),
    ),
    portalPort: portNumber(values['portal-port'] ?? '7007', '--portal-port'),
    ...(values['ports-from'] === undefined
      ? {}
      : { portsFrom: portNumber(values['ports-from'], '--ports-from') }),
    egressAllow: checkedEgress(values),
    allowHosts: checkedHosts(values),
    portal: !values['no-portal'],
    ...(cluster ? { cluster } : {}),
    say,
  };
}
