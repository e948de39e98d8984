import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, expect, test } from '@playwright/test';
import { Cluster, SERVICES, SYSTEM } from '../harness/cluster';
import { OidcServer } from '../harness/oidc-server';
import { root } from '../harness/root';
import { approves, asksForARun, enters, isInside } from './people';
import { browserFor, HOST, NAME, NODE, PORTAL } from './portal-service';

const STEP_MS = 180_000;
const pictures = path.join(root, '.agentic/test-results/pictures/sign-in');

const PEOPLE = `
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: bob }
spec: { profile: { email: bob@example.com }, memberOf: [intelligence] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: alice }
spec: { profile: { email: alice@example.com }, memberOf: [intelligence-approvers] }
`;

const kubectl = (args: string[], input?: string) =>
  execFileSync('kubectl', args, { input, encoding: 'utf8' });

/** As docs/portal-on-a-cluster.md has a platform team do it; on the PostgreSQL of the steps. */
const sql = (text: string) =>
  kubectl(
    [
      ...['-n', SERVICES, 'exec', '-i', 'postgres-0', '--'],
      ...[
        'sh',
        '-c',
        'psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB"',
      ],
    ],
    text,
  );

/** An overlay of deploy/portal as its documentation says, with the addresses of this cluster. */
function writeOverlay(oidc: OidcServer): string {
  const base = path.join(root, 'deploy/portal');
  const folder = path.join(root, '.agentic/test/portal-overlay');
  mkdirSync(folder, { recursive: true });
  const read = (name: string) => readFileSync(path.join(base, name), 'utf8');
  const config = read('app-config.production.yaml')
    .replaceAll('https://portal.example.com', PORTAL)
    .replaceAll('portal.example.com', HOST)
    .replace(/https:\/\/id\.example\.com\S*/, oidc.metadataUrl);
  const files = {
    'app-config.production.yaml': config,
    'people.yaml': `${read('people.yaml')}\n---${PEOPLE}`,
    'kustomization.yaml': JSON.stringify({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: [path.relative(folder, base)],
      configMapGenerator: [
        {
          name: NAME,
          namespace: SYSTEM,
          behavior: 'replace',
          files: ['app-config.production.yaml', 'people.yaml'],
        },
      ],
    }),
  };
  for (const [name, text] of Object.entries(files))
    writeFileSync(path.join(folder, name), text);
  return folder;
}

const cluster = new Cluster();
let oidc: OidcServer;
let overlay = '';
let browser: Browser;
const runs: string[] = [];

function remove(): void {
  if (overlay) kubectl(['delete', '--ignore-not-found', '-k', overlay]);
  kubectl(['-n', SYSTEM, 'delete', '--ignore-not-found', 'secret', NAME]);
  sql(
    'DROP DATABASE IF EXISTS portal WITH (FORCE); DROP USER IF EXISTS portal;',
  );
}

async function makeSecret(password: string): Promise<void> {
  const { accessKey, secretKey } = await cluster.artifacts();
  const values = {
    DATABASE_PASSWORD: password,
    SESSION_SECRET: randomBytes(32).toString('base64'),
    OIDC_CLIENT_ID: oidc.clientId,
    OIDC_CLIENT_SECRET: oidc.clientSecret,
    S3_ACCESS_KEY: accessKey,
    S3_SECRET_KEY: secretKey,
  };
  kubectl(
    ['apply', '--server-side', '-f', '-'],
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: NAME, namespace: SYSTEM },
      stringData: values,
    }),
  );
}

test.beforeAll(async () => {
  test.setTimeout(400_000);
  mkdirSync(pictures, { recursive: true });
  oidc = await OidcServer.start(NODE, `${PORTAL}/api/auth/oidc/handler/frame`);
  overlay = writeOverlay(oidc);
  remove();
  const password = randomBytes(16).toString('hex');
  sql(
    `CREATE USER portal PASSWORD '${password}'; CREATE DATABASE portal OWNER portal;`,
  );
  await makeSecret(password);
  kubectl(['apply', '--server-side', '-k', overlay]);
  kubectl([
    ...['-n', SYSTEM, 'rollout', 'status', `deployment/${NAME}`],
    '--timeout=300s',
  ]);
  browser = await browserFor(cluster);
});
test.afterAll(async () => {
  await browser?.close();
  for (const name of runs)
    await cluster.kube.remove('agentworkloads', name).catch(() => undefined);
  remove();
  await oidc?.stop();
  cluster.close();
});

test('the image answers nobody who is not signed in', async ({ request }) => {
  const { spec } = await cluster.kube.get('services', NAME, SYSTEM);
  const ask = (url: string) =>
    request.get(`http://${String(spec?.clusterIP)}${url}`, {
      headers: { host: HOST },
    });
  expect(await (await ask('/')).text()).toContain(
    '<title>Agent Workloads</title>',
  );
  expect((await ask('/api/agent-workloads/runs')).status()).toBe(401);
});

test('two replicas of the image, by the manifests: two people sign in, one asks, the other approves', async () => {
  const bob = await enters(browser, PORTAL, 'bob');
  await isInside(bob);
  const runPath = await asksForARun(bob, STEP_MS);
  runs.push(runPath.split('/').pop()!);
  const alice = await enters(browser, PORTAL, 'alice');
  await approves(alice, runPath, STEP_MS);
  await alice.screenshot({ path: path.join(pictures, 'cluster.png') });

  const { spec, status } = await cluster.kube.get('agentworkloads', runs[0]);
  expect(spec?.requestedBy).toMatchObject({ username: 'bob' });
  expect(status?.gate).toMatchObject({
    decision: 'approve',
    decidedBy: 'alice',
  });
  const pods = await cluster.kube.list(
    'pods',
    `app.kubernetes.io/name=${NAME}`,
    SYSTEM,
  );
  expect(pods).toHaveLength(2);
  for (const pod of pods) {
    expect(await cluster.logOf(pod, 'portal')).not.toMatch(
      /here.*(can't|cannot|refused|not reach)/i,
    );
  }
});
