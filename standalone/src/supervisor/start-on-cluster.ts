import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { HttpKubeClient } from '@agentworkloads/kube';
import { writeFileWhole } from '@agentworkloads/processes';
import { requireBundles } from './bundles';
import {
  ACCOUNTS,
  LIFETIME_S,
  requestToken,
  type AccountName,
} from './accounts';
import { openAdminAccess, type ClusterAddress } from './cluster-access';
import {
  checkCluster,
  neededObjects,
  operatorsInCluster,
} from './cluster-check';
import { formatTokenFileKubeconfig } from './kubeconfig-files';
import { ensureCredentials } from './credentials';
import { portalDatabase, type DatabaseAccess } from './databases';
import { tellOfOldData } from './old-data';
import type { ClusterOptions, StandaloneOptions } from './options';
import { operatorPart, portalPart, postgresPart } from './parts';
import {
  artifactStoreSchema,
  portalConfig,
  type ArtifactStore,
} from './portal-config';
import { pickPorts, type PortName, type Ports } from './ports';
import { openSession, type Session } from './session';
import { SHORT_LIFETIME_S, TokenKeeper } from './token-keeper';

/** Granted less than this, the Kubernetes plugin's token may end while the portal still runs. */
const ENOUGH_MS = 30 * 24 * 3_600_000;

interface Ground {
  options: StandaloneOptions;
  cluster: ClusterOptions;
  session: Session;
  address: ClusterAddress;
  client: HttpKubeClient;
  /** A name as the portal allows it. */
  name: string;
  ports: Pick<Ports, 'portal' | 'postgres' | 'operatorHealth'>;
}

/** Which accounts tokens are asked of, and which ports are needed. */
export function planOf(options: StandaloneOptions): {
  accounts: AccountName[];
  ports: PortName[];
} {
  const operator = options.cluster?.operator ?? false;
  return {
    accounts: [
      ...(options.portal ? (['portal', 'reader'] as const) : []),
      ...(operator ? (['operator'] as const) : []),
    ],
    ports: [
      ...(options.portal ? (['portal', 'postgres'] as const) : []),
      ...(operator ? (['operatorHealth'] as const) : []),
    ],
  };
}

/** A cluster's name in a kubeconfig may be anything, an ARN for example. */
export function portalClusterName(name: string): string {
  const plain = name
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .slice(-63)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
  return plain || 'cluster';
}

/** @throws Error that names the file and what is wrong with it, never its content */
export async function readArtifactStore(file: string): Promise<ArtifactStore> {
  const bad = (what: string) => new Error(`--s3 ${file}: ${what}`);
  const raw = await readFile(file, 'utf8').catch(error => {
    throw bad((error as Error).message);
  });
  let content: unknown;
  try {
    content = JSON.parse(raw);
  } catch {
    throw bad('not JSON');
  }
  const parsed = artifactStoreSchema.safeParse(content);
  if (!parsed.success) {
    throw bad(
      `wants {"endpoint": URL, "region", "accessKey", "secretKey", "bucket"}:\n${z.prettifyError(
        parsed.error,
      )}`,
    );
  }
  return parsed.data;
}

/**
 * Starts the portal, the operator too if asked, against a cluster that somebody else runs.
 *
 * @throws AlreadyRunning when another process holds the folder
 * @throws Error that says what the cluster lacks, or which part did not start
 */
export async function startOnCluster(
  options: StandaloneOptions,
): Promise<{ portalUrl: string }> {
  const { cluster } = options;
  if (!cluster) throw new Error('no cluster was named');
  // All that can be wrong with the files, before anything is begun.
  const artifacts = cluster.s3
    ? await readArtifactStore(cluster.s3)
    : undefined;
  const admin = await openAdminAccess(cluster.kubeconfig);
  const { address, client, clusterName } = admin;
  const session = await openSession(options);
  session.atEnd(admin.close);
  try {
    const plan = planOf(options);
    const { layout } = session;
    await requireBundles(options.root, [
      ...(options.portal
        ? [layout.bundle('embedded/services', 'postgres')]
        : []),
      ...(cluster.operator ? [layout.bundle('operator')] : []),
    ]);
    await mkdir(layout.data, { recursive: true, mode: 0o700 });
    await tellOfOldData(layout, options.say);
    await session.children.endLeftovers();
    await checkReachable(client, address.server);
    await checkCluster(client, neededObjects(plan.accounts));
    await checkOperators(client, cluster, options.say);
    const ports = (await pickPorts(
      plan.ports,
      { portalPort: options.portalPort, from: options.portsFrom },
      session.reservations,
      options.say,
    )) as Ground['ports'];
    const name = portalClusterName(clusterName);
    options.say(`• ${'Cluster'.padEnd(20)} ${address.server} (${name})`);
    const ground = {
      options,
      cluster,
      session,
      address,
      client,
      name,
      ports,
    };
    await startParts(ground, artifacts);
    return { portalUrl: `http://localhost:${ports.portal}` };
  } catch (error) {
    await session.close();
    throw error;
  }
}

async function checkReachable(
  client: HttpKubeClient,
  server: string,
): Promise<void> {
  await client.call({ method: 'GET', path: '/version' }).catch(error => {
    // An answer, even a refusal, means that it can be reached; the check that follows tells more.
    if ((error as { status?: number }).status) return;
    throw new Error(
      `${server} can't be reached: ${
        (error as Error).message
      }. Is the cluster up?`,
    );
  });
}

async function checkOperators(
  client: HttpKubeClient,
  { operator }: ClusterOptions,
  say: (line: string) => void,
): Promise<void> {
  const count = await operatorsInCluster(client);
  if (operator && count > 0) {
    throw new Error(
      `an operator runs in the cluster already, and two would get into each other's way: leave --operator out, or first
  kubectl -n ${ACCOUNTS.operator.namespace} scale deployment/${ACCOUNTS.operator.name} --replicas=0`,
    );
  }
  if (!operator && count === 0) {
    say(
      '! No operator runs in this cluster: new runs will stay as they are. Apply deploy/operator, or start with --operator',
    );
  }
}

async function startParts(
  ground: Ground,
  artifacts: ArtifactStore | undefined,
): Promise<void> {
  const { options, cluster, session } = ground;
  const say = (what: string, where: string) =>
    options.say(`• ${what.padEnd(20)} ${where}`);
  const portal = options.portal
    ? startPortal(ground, artifacts, say)
    : Promise.resolve();
  portal.catch(() => {});
  if (cluster.operator) {
    await startOperator(ground);
    say('Operator', 'runs');
  }
  await portal;
  await session.children.checkAll();
}

/** @returns the file that holds the token, from now on */
async function keepToken(
  { client, session, options }: Ground,
  account: AccountName,
): Promise<string> {
  const file = path.join(session.layout.data, 'run', `${account}.token`);
  const keeper = new TokenKeeper({
    title: ACCOUNTS[account].name,
    file,
    request: () => requestToken(client, account, SHORT_LIFETIME_S),
    now: Date.now,
    say: options.say,
  });
  session.atEnd(() => keeper.stop());
  await keeper.start();
  return file;
}

async function startPortal(
  ground: Ground,
  artifacts: ArtifactStore | undefined,
  say: (what: string, where: string) => void,
): Promise<void> {
  const { address, client, name, options, ports, session } = ground;
  const { layout } = session;
  const database = await startDatabase(ground);
  say('Database', `127.0.0.1:${ports.postgres}`);
  const tokenFile = await keepToken(ground, 'portal');
  // That plugin reads its token once.
  const reader = await requestToken(client, 'reader', LIFETIME_S);
  if (Date.parse(reader.expiresAt) - Date.now() < ENOUGH_MS) {
    options.say(
      `! The cluster gives the Kubernetes plugin's account a token until ${reader.expiresAt} only: start again before then`,
    );
  }
  await writeFileWhole(
    layout.appConfig,
    portalConfig({
      port: ports.portal,
      allowHosts: options.allowHosts,
      cluster: {
        name,
        title: name,
        url: address.server,
        caPem: address.caPem,
      },
      portalToken: { tokenFile },
      readerToken: reader.token,
      artifacts,
      database,
    }),
  );
  if (artifacts) say('Object storage', artifacts.endpoint);
  else
    options.say(
      "! Reports and screenshots can't be read: say with --s3 FILE where they are",
    );
  say('Portal', 'starting (10 to 40 s)');
  await session.children.start(portalPart(layout, ports.portal));
}

/** The portal's own, on this machine: the cluster's one is for the steps. */
async function startDatabase({
  ports,
  session,
}: Ground): Promise<DatabaseAccess> {
  const { layout, children } = session;
  const database = portalDatabase(
    ports.postgres,
    await ensureCredentials(layout.credentials),
  );
  await children.start(postgresPart(layout, ports.postgres, [database]));
  return database;
}

async function startOperator(ground: Ground): Promise<void> {
  const { address, ports, session } = ground;
  const { layout } = session;
  const kubeconfig = layout.accountConfig('operator');
  const { namespace, name } = ACCOUNTS.operator;
  await writeFileWhole(
    kubeconfig,
    formatTokenFileKubeconfig(address, await keepToken(ground, 'operator'), {
      user: name,
      namespace,
    }),
  );
  await session.children.start(
    operatorPart(
      layout,
      kubeconfig,
      ports.operatorHealth,
      path.join(layout.root, 'policies'),
    ),
  );
}
