import { access, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readKubeconfig, type KubeAccess } from '../kube-client/kubeconfig';
import { writeFileWhole } from '../processes/json-file';
import { requestTokens, writeAccountConfig } from './accounts';
import { Children } from './children';
import { findChromium } from './chromium';
import { ensureCredentials } from './credentials';
import { createLayout, type Layout } from './layout';
import { takeLock } from './lock';
import { BUCKET, localManifests, S3_REGION, writeManifests } from './manifests';
import type { StandaloneOptions } from './options';
import { checkKubeApi, createParts, type Setting } from './parts';
import { portalConfig } from './portal-config';
import { pickPorts, type Ports } from './ports';

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
  const layout = createLayout(options.root, options.dataDir);
  const release = await takeLock(layout.lock);
  const children = new Children({
    logFile: layout.log,
    processesFile: layout.processes,
    watchdog: pathToFileURL(layout.bundle('watchdog')).href,
    say: options.say,
  });
  // Before anything runs, for Ctrl-C may come at any time.
  const handle = {
    layout,
    kill: () => children.kill(),
    close: async () => {
      await children.stop();
      await release();
    },
  };
  options.onBegin?.(handle);
  try {
    const setting = await prepare(options, layout, children);
    await startParts(setting, children);
    return {
      ...handle,
      ports: setting.ports,
      portalUrl: `http://localhost:${setting.ports.portal}`,
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function prepare(
  options: StandaloneOptions,
  layout: Layout,
  children: Children,
): Promise<Setting> {
  await requireBundles(layout);
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
  const ports = await pickPorts(options.portalPort, options.say);
  await writeManifests(
    layout.manifests,
    localManifests({
      ports,
      credentials,
      chromiumPath,
      environment: process.env,
    }),
  );
  await writeFileWhole(
    layout.s3Config,
    `${JSON.stringify(
      {
        endpoint: `http://127.0.0.1:${ports.s3}`,
        region: S3_REGION,
        accessKey: credentials.s3AccessKey,
        secretKey: credentials.s3SecretKey,
        bucket: BUCKET,
      },
      undefined,
      2,
    )}\n`,
  );
  return { layout, ports, credentials, options };
}

async function requireBundles(layout: Layout): Promise<void> {
  const files = [
    ...[
      'kube-api',
      's3',
      'postgres',
      'demo-site',
      'workflow-engine',
      'watchdog',
    ].map(layout.bundle),
    path.join(layout.root, 'agents/dist/main.mjs'),
    path.join(layout.root, 'agents/dist/egress-main.mjs'),
    path.join(layout.root, 'operator/dist/main.mjs'),
  ];
  for (const file of files) {
    await access(file).catch(() => {
      throw new Error(
        `${path.relative(
          layout.root,
          file,
        )} is not built: run npm run build -- bundles`,
      );
    });
  }
}

async function startParts(setting: Setting, children: Children): Promise<void> {
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
  say(
    'Kubernetes API',
    `${admin.server} (.agentic/kubeconfig)`.replace(
      '.agentic',
      path.relative(layout.root, layout.data) || '.',
    ),
  );
  say('Object storage', `http://127.0.0.1:${ports.s3}`);
  say('Database', `127.0.0.1:${ports.postgres}`);

  const tokens = await requestTokens(admin);
  await Promise.all(
    (['engine', 'operator'] as const).map(name =>
      writeAccountConfig(layout.accountConfig(name), admin, tokens[name], name),
    ),
  );
  await writeFileWhole(
    layout.appConfig,
    portalConfig({
      ports,
      credentials: setting.credentials,
      portalToken: tokens.portal,
      readerToken: tokens.reader,
      kubeUrl: admin.server,
      caPem: admin.caPem,
      databaseFolder: layout.portalData,
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
  say('Demo site', `http://localhost:${ports.demo}`);
  await children.start(parts.engine);
  say('Workflow engine', 'runs');
  await children.start(parts.operator);
  say('Operator', 'runs');
  if (options.portal) {
    say('Portal', 'starting (10 to 40 s)');
  }
  await portal;
  await children.checkAll();
}

async function adminAccess(layout: Layout): Promise<KubeAccess> {
  const end = Date.now() + 15_000;
  for (;;) {
    try {
      const admin = await readKubeconfig(layout.kubeconfig);
      await checkKubeApi(admin);
      return admin;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}
