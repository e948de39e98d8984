import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { Ground } from '../harness/ground';
import { OidcServer } from '../harness/oidc-server';
import { PortalBackend } from '../harness/portal-backend';
import { root } from '../harness/root';
import { Balancer } from './balancer';
import { HOST } from './host';
import { approves, asksForARun, atTheDoor, enters, isInside } from './people';

const PORT = 7110;
/** No name that a browser trusts without TLS; the configuration of Playwright leads it here. */
const PORTAL = `https://${HOST}:${PORT}`;
const pictures = path.join(root, '.agentic/test-results/pictures/sign-in');
const RUN_MS = 90_000;

/** Two groups under names that the cluster does not know, and two people. */
const PEOPLE = `
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: market }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: editors }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: bob }
spec: { profile: { email: bob@example.com }, memberOf: [market] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: alice }
spec: { profile: { email: alice@example.com }, memberOf: [editors] }
`;

const configOf = (oidc: OidcServer, people: string) => ({
  app: { baseUrl: PORTAL },
  organization: { name: 'Example' },
  // As deploy/portal has it for an ingress controller in front.
  backend: {
    baseUrl: PORTAL,
    cors: { origin: PORTAL },
    trustProxy: 1,
    allowedHosts: [HOST],
  },
  auth: {
    session: { secret: 'a secret of this test, the same for both' },
    providers: {
      oidc: {
        production: {
          metadataUrl: oidc.metadataUrl,
          clientId: oidc.clientId,
          clientSecret: oidc.clientSecret,
          signIn: {
            resolvers: [{ resolver: 'emailMatchingUserEntityProfileEmail' }],
          },
        },
      },
    },
  },
  catalog: {
    locations: [
      {
        type: 'file',
        target: './templates/competitor-scrape/template.yaml',
        rules: [{ allow: ['Template'] }],
      },
      { type: 'file', target: people, rules: [{ allow: ['User', 'Group'] }] },
    ],
  },
  agentWorkloads: {
    identity: {
      groups: [
        { ref: 'group:default/market', name: 'agentworkloads:requesters' },
        { ref: 'group:default/editors', name: 'agentworkloads:approvers' },
      ],
    },
  },
});

/** As the image starts it: in production; a last file says on which port this one listens. */
function replica(port: number, configs: string[]): PortalBackend {
  const own = path.join(ground.dataDir, `replica-${port}.json`);
  writeFileSync(own, JSON.stringify({ backend: { listen: { port } } }));
  return new PortalBackend({
    port,
    cwd: root,
    entry: 'packages/backend/src/index.ts',
    configs: [...configs, own],
    log: path.join(ground.dataDir, `replica-${port}.log`),
    environment: {
      NODE_ENV: 'production',
      NODE_COMPILE_CACHE: path.join(root, '.cache/node'),
    },
  });
}

const targetOf = ({ port }: PortalBackend) => ({ host: '127.0.0.1', port });

/** That of the ground's API server: of another name, which the browser is told to overlook. */
function certificateOf({ dataDir }: Ground) {
  const read = (name: string) => readFileSync(path.join(dataDir, 'kube', name));
  return { key: read('server.key'), cert: read('server.crt') };
}

let ground: Ground;
let oidc: OidcServer;
let balancer: Balancer;
let replicas: PortalBackend[] = [];

test.beforeAll(async () => {
  test.setTimeout(400_000);
  mkdirSync(pictures, { recursive: true });
  // Everything but the portal: API server, engine, storage, and PostgreSQL with an empty database for it.
  ground = await Ground.start('sign-in');
  oidc = await OidcServer.start(
    '127.0.0.1',
    `${PORTAL}/api/auth/oidc/handler/frame`,
  );
  const people = path.join(ground.dataDir, 'people.yaml');
  writeFileSync(people, PEOPLE);
  const config = path.join(ground.dataDir, 'sign-in.json');
  writeFileSync(config, JSON.stringify(configOf(oidc, people)));
  const configs = [
    'app-config.yaml',
    path.join(ground.dataDir, 'app-config.generated.yaml'),
    config,
  ];
  replicas = [PORT + 1, PORT + 2].map(port => replica(port, configs));
  await Promise.all(replicas.map(one => one.start()));
  balancer = new Balancer(PORT, certificateOf(ground));
  balancer.targets = replicas.map(targetOf);
  await balancer.start();
});
test.afterAll(async () => {
  await balancer?.stop().catch(() => undefined);
  await Promise.all(replicas.map(one => one.stop()));
  await oidc?.stop();
  await ground?.stop();
});

const picture = (page: Page, name: string) =>
  page.screenshot({ path: path.join(pictures, `${name}.png`) });

test('two people of an identity provider, on two replicas from an empty database', async ({
  browser,
}) => {
  test.setTimeout(400_000);
  await test.step('the page offers what is configured, and no demo', async () => {
    const page = await atTheDoor(browser, PORTAL);
    await expect(page.getByRole('button')).toHaveCount(1);
    await picture(page, '01-door');
    await page.context().close();
  });

  await test.step('who is not in the catalog reads who must add them', async () => {
    const erin = await enters(browser, PORTAL, 'erin');
    await expect(
      erin.getByText(
        'OpenID Connect knows you as erin@example.com, but nobody in this portal’s catalog is that. Ask whoever looks after the catalog to add a User with spec.profile.email "erin@example.com".',
      ),
    ).toBeVisible();
    await picture(erin, '02-not-in-the-catalog');
    await erin.context().close();
    const unverified = await enters(browser, PORTAL, 'unverified');
    await expect(
      unverified.getByText('told the portal no verified e-mail address'),
    ).toBeVisible();
    await unverified.context().close();
  });

  const bob = await enters(browser, PORTAL, 'bob');
  await isInside(bob);
  const sockets: string[] = [];
  bob.on('websocket', socket => sockets.push(socket.url()));
  const runPath = await asksForARun(bob, RUN_MS);
  await picture(bob, '03-bob-asked');

  await test.step('what the portal keeps in the browser goes by https alone, and no script reads it', async () => {
    const ours = (await bob.context().cookies()).filter(
      ({ domain }) => domain === HOST,
    );
    const names = ours.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['connect.sid', 'oidc-refresh-token']),
    );
    for (const cookie of ours)
      expect(cookie).toMatchObject({ secure: true, httpOnly: true });
    expect(sockets.length).toBeGreaterThan(0);
    for (const url of sockets) expect(url).toMatch(/^wss:/);
  });

  await test.step('a page of another origin reads nothing', async () => {
    const allowed = async (origin: string) =>
      (await balancer.ask('/api/catalog/entities', { origin }))[
        'access-control-allow-origin'
      ];
    expect(await allowed(PORTAL)).toBe(PORTAL);
    expect(await allowed('https://elsewhere.example')).not.toBe(
      'https://elsewhere.example',
    );
  });

  await test.step('a restart of both, one after the other, signs nobody out', async () => {
    for (const replica of replicas) {
      balancer.targets = replicas.filter(one => one !== replica).map(targetOf);
      await replica.stop();
      await replica.start();
    }
    balancer.targets = replicas.map(targetOf);
    await bob.reload();
    await isInside(bob);
    await expect(bob.getByText('You may not decide this gate')).toBeVisible();
  });

  const alice = await enters(browser, PORTAL, 'alice');
  await isInside(alice);
  await approves(alice, runPath, RUN_MS);
  await picture(alice, '04-alice-approved');

  const name = runPath.split('/').pop()!;
  const { spec, status } = await ground.kube.get('agentworkloads', name);
  expect(spec?.requestedBy).toMatchObject({ username: 'bob' });
  expect(status?.gate).toMatchObject({
    decision: 'approve',
    decidedBy: 'alice',
    via: 'person',
  });
  const [approval] = await ground.kube.list('agentapprovals');
  // The cluster lets nobody approve but agentworkloads:approvers, which is her group `editors` by the configuration.
  expect(approval.spec?.approver).toEqual({ username: 'alice' });
  // Half of each sign-in was on either replica.
  const signedIn = balancer.served.filter(({ path: asked }) =>
    asked.startsWith('/api/auth/oidc/'),
  );
  expect(new Set(signedIn.map(({ port }) => port)).size).toBe(2);

  await test.step('an answer to a mistake tells nothing of the machine', async () => {
    const answer = await bob.evaluate(async () => {
      const { ok, text } = await fetch('/api/catalog/entities/nonsense').then(
        async got => ({ ok: got.ok, text: await got.text() }),
      );
      return { ok, text };
    });
    expect(answer.ok).toBe(false);
    expect(answer.text).not.toMatch(/"stack"|node_modules|\/src\//);
  });

  await test.step('who signs out is out', async () => {
    await bob.goto('/settings');
    await bob.getByTestId('user-settings-menu').click();
    await bob.getByTestId('sign-out').click();
    await expect(
      bob.getByRole('button', { name: 'Sign in with Single sign-on' }),
    ).toBeVisible();
    await bob.reload();
    await expect(
      bob.getByRole('button', { name: 'Sign in with Single sign-on' }),
    ).toBeVisible();
  });
});
