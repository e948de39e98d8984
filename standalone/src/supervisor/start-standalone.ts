import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeFileWhole } from '@agentworkloads/processes';
import { requestTokens, writeAccountConfig } from './accounts';
import { requireBundles } from './bundles';
import { findChromium } from './chromium';
import { openAdminAccess, type AdminAccess } from './cluster-access';
import { ensureCredentials, type Credentials } from './credentials';
import { portalDatabase } from './databases';
import { DEMO_PAGES } from './demo-pages';
import { writeGroundPolicies } from './ground-policies';
import type { Layout } from './layout';
import { BUCKET, localManifests, S3_REGION, writeManifests } from './manifests';
import { moveDemoOn } from './move-demo-on';
import { tellOfOldData } from './old-data';
import type { StandaloneOptions } from './options';
import { checkKubeApi, createParts, DEMO_PORT, type Setting } from './parts';
import {
  portalConfig,
  type ArtifactStore,
  type PortalSettings,
} from './portal-config';
import {
  PORTS,
  pickPorts,
  readLastPorts,
  saveLastPorts,
  type PortName,
  type Ports,
} from './ports';
import { openSession, type Session } from './session';

export interface Standalone {
  /** `http://localhost:PORT`, also when no portal was started. */
  portalUrl: string;
  ports: Ports;
  layout: Layout;
  /** Ends all parts in reverse order and gives the folder free. */
  close(): Promise<void>;
  /** Ends all parts at once; the folder stays locked until this process ends. */
  kill(): void;
}

/**
 * Starts everything on this machine, in order, each part usable before the next begins.
 *
 * @throws AlreadyRunning when another process holds the folder
 * @throws Error that names the part which did not start, after ending the others
 */
export async function startStandalone(
  options: StandaloneOptions,
): Promise<Standalone> {
  const session = await openSession(options);
  try {
    const setting = await prepare(options, session);
    await startParts(setting, session);
    return {
      layout: session.layout,
      close: session.close,
      kill: session.kill,
      ports: setting.ports,
      portalUrl: `http://localhost:${setting.ports.portal}`,
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

async function prepare(
  options: StandaloneOptions,
  { layout, children, reservations }: Session,
): Promise<Setting> {
  await requireBundles(layout.root, bundlesOf(layout));
  await tellOfOldData(layout, options.say);
  await mkdir(layout.data, { recursive: true, mode: 0o700 });
  const left = await children.endLeftovers();
  if (left > 0) {
    options.say(`• Ended ${left} processes that an earlier start had left`);
  }
  const [credentials, chromiumPath] = await Promise.all([
    ensureCredentials(layout.credentials),
    findChromium({
      environment: process.env,
      folder: layout.chromium,
      say: options.say,
    }),
  ]);
  const ports = await pickPorts(
    Object.keys(PORTS) as PortName[],
    { portalPort: options.portalPort, from: options.portsFrom },
    reservations,
    options.say,
    await readLastPorts(layout.lastPorts),
  );
  await saveLastPorts(layout.lastPorts, ports);
  await writeManifests(
    layout.manifests,
    localManifests({
      ports,
      credentials,
      chromiumPath,
      environment: process.env,
    }),
  );
  await writeGroundPolicies(layout.root, layout.policies);
  await writeFileWhole(
    layout.s3Config,
    `${JSON.stringify(artifactStore(ports, credentials), undefined, 2)}\n`,
  );
  return { layout, ports, credentials, options };
}

function artifactStore(ports: Ports, credentials: Credentials): ArtifactStore {
  return {
    endpoint: `http://127.0.0.1:${ports.s3}`,
    region: S3_REGION,
    accessKey: credentials.s3AccessKey,
    secretKey: credentials.s3SecretKey,
    bucket: BUCKET,
  };
}

/** Its own port is for people; pages to visit are named by the usual one, whatever that is. */
export function demoSiteLine(port: number): string {
  const visited = `http://<company>.localhost:${DEMO_PORT}`;
  return port === DEMO_PORT
    ? visited
    : `${visited} in a run's pages, http://<company>.localhost:${port} in your own browser`;
}

function bundlesOf(layout: Layout): string[] {
  return [
    layout.bundle('embedded/kube-api'),
    layout.bundle('embedded/services', 's3'),
    layout.bundle('embedded/services', 'postgres'),
    layout.bundle('demo'),
    layout.bundle('embedded/argo-engine'),
    layout.bundle('standalone', 'watchdog'),
    layout.bundle('agents'),
    layout.bundle('egress'),
    layout.bundle('operator'),
  ];
}

async function startParts(
  setting: Setting,
  { children, atEnd }: Session,
): Promise<void> {
  const { layout, ports, options } = setting;
  const parts = createParts(setting);
  const say = (what: string, where: string) =>
    options.say(`• ${what.padEnd(20)} ${where}`);

  // Read after it was written anew: an old one would be for another port.
  await rm(layout.kubeconfig, { force: true });
  await Promise.all([
    children.start(parts.kubeApi),
    children.start(parts.s3),
    children.start(parts.postgres),
  ]);
  const admin = await adminAccess(layout);
  const ending = new AbortController();
  atEnd(async () => ending.abort());
  atEnd(admin.close);
  const { address, client } = admin;
  say(
    'Kubernetes API',
    `${address.server} (.agentic/kubeconfig)`.replace(
      '.agentic',
      path.relative(layout.root, layout.data) || '.',
    ),
  );
  say('Object storage', `http://127.0.0.1:${ports.s3}`);
  say('Database', `127.0.0.1:${ports.postgres}`);

  const tokens = await requestTokens(client);
  await Promise.all(
    (['engine', 'operator'] as const).map(name =>
      writeAccountConfig(
        layout.accountConfig(name),
        address,
        tokens[name],
        name,
      ),
    ),
  );
  await writeFileWhole(
    layout.appConfig,
    portalConfig({
      port: ports.portal,
      allowHosts: options.allowHosts,
      cluster: {
        name: 'local',
        title: 'This machine',
        url: address.server,
        caPem: address.caPem,
      },
      portalToken: { token: tokens.portal },
      readerToken: tokens.reader,
      artifacts: artifactStore(ports, setting.credentials),
      checks: checksOf(setting),
      database: portalDatabase(ports.postgres, setting.credentials),
      demoPages: DEMO_PAGES,
      egressAllow: options.egressAllow,
    }),
  );
  // The portal takes longest by far, so the others start beside it.
  const portal = options.portal
    ? children.start(parts.portal)
    : Promise.resolve();
  portal.catch(() => {});
  await Promise.all([
    children.start(parts.egress),
    children.start(parts.demoSite),
  ]);
  say('Egress proxy', `127.0.0.1:${ports.egress}`);
  say('Demo site', demoSiteLine(ports.demo));
  await children.start(parts.engine);
  say('Workflow engine', 'runs');
  await children.start(parts.operator);
  say('Operator', 'runs');
  if (options.portal) say('Portal', 'starting (10 to 40 s)');
  await portal;
  await children.checkAll();
  const demoSite = `http://127.0.0.1:${ports.demo}`;
  moveDemoOn(client, demoSite, options.say, ending.signal);
}

/** Whom the portal asks before a launch. */
function checksOf({ ports, credentials }: Setting): PortalSettings['checks'] {
  return {
    operator: `http://127.0.0.1:${ports.operatorHealth}`,
    egressProxy: {
      url: `http://127.0.0.1:${ports.egress}`,
      token: credentials.egressToken,
    },
  };
}

async function adminAccess(layout: Layout): Promise<AdminAccess> {
  const end = Date.now() + 15_000;
  for (;;) {
    let admin: AdminAccess | undefined;
    try {
      admin = await openAdminAccess(layout.kubeconfig);
      await checkKubeApi(admin);
      return admin;
    } catch (error) {
      await admin?.close();
      if (Date.now() > end) throw error;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}
