import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
  type AuditorService,
  type BackstageCredentials,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  notificationService,
  type NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  AuthorizeResult,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { breach } from './contract';
import { eventually } from './eventually';
import { FakeApiServer } from '@agentworkloads/kube/testing';
import { json, Router } from 'express';
import request from 'supertest';
import { agentWorkloadsPlugin } from '../plugin';
import { FakeS3 } from './FakeS3';

export const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
export const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/** What the policy answers; by default everything is allowed to people and to nobody else. */
export type Policy = (
  permission: Permission,
  credentials: BackstageCredentials,
) => PolicyDecision;

const GROUPS: Record<string, string[]> = {
  'user:default/alice': ['group:default/approvers'],
  'user:default/judy': ['group:default/approvers'],
  'user:default/bob': ['group:default/product'],
};

/** What a person is, as Backstage says it. */
export const ownershipOf = (userRef: string): string[] => [
  userRef,
  ...(GROUPS[userRef] ?? []),
  'group:default/not-mapped',
];

/** As far as the portal asks it: who is a member of which group. */
const catalog = createBackendPlugin({
  pluginId: 'catalog',
  register(env) {
    env.registerInit({
      deps: { httpRouter: coreServices.httpRouter },
      async init({ httpRouter }) {
        const router = Router();
        router.post('/entities/by-refs', json(), (req, res) => {
          const { entityRefs } = req.body as { entityRefs: string[] };
          const items = entityRefs.map(group => ({
            relations: Object.entries(GROUPS)
              .filter(([, groups]) => groups.includes(group))
              .map(([user]) => ({ type: 'hasMember', targetRef: user })),
          }));
          res.json({ items });
        });
        httpRouter.use(router);
      },
    });
  },
});

export interface AuditRecord {
  eventId: string;
  meta: Record<string, unknown>;
  outcome: 'success' | 'fail';
}

/** The whole plugin before a fake API server and a fake object storage. */
export async function startPortal(
  options: {
    prepare?: (api: FakeApiServer, s3: FakeS3) => void;
    config?: Record<string, unknown>;
    artifacts?: boolean;
    /** A cluster in place of the fake one. */
    cluster?: { url: string; token: string; caData: string };
  } = {},
) {
  const api = new FakeApiServer();
  const s3 = new FakeS3();
  options.prepare?.(api, s3);
  const url = await api.start();
  const endpoint = await s3.start();
  const state = { policy: (() => ALLOW) as Policy };
  const audits: AuditRecord[] = [];
  const signals: unknown[] = [];
  const notifications: NotificationSendOptions[] = [];
  const decide: PermissionsService['authorizeConditional'] = async (
    queries,
    callOptions,
  ) =>
    queries.map(({ permission }) =>
      state.policy(
        permission,
        (callOptions as { credentials: BackstageCredentials }).credentials,
      ),
    );
  const auditor: AuditorService = {
    async createEvent({ eventId, meta = {} }) {
      const end =
        (outcome: AuditRecord['outcome']) =>
        async (ended?: { meta?: Record<string, unknown> }) => {
          const more = ended?.meta;
          audits.push({ eventId, meta: { ...meta, ...more }, outcome });
        };
      return { success: end('success'), fail: end('fail') };
    },
  };
  const backend = await startTestBackend({
    features: [
      agentWorkloadsPlugin,
      catalog,
      mockServices.rootConfig.factory({
        data: {
          kubernetes: {
            clusterLocatorMethods: [
              { type: 'config', clusters: [{ name: 'local' }] },
            ],
          },
          agentWorkloads: {
            clusters: [
              {
                name: 'local',
                ...(options.cluster ?? { url, token: 'portal-token' }),
              },
            ],
            identity: {
              groups: [
                {
                  ref: 'group:default/approvers',
                  name: 'agentworkloads:approvers',
                },
                {
                  ref: 'group:default/product',
                  name: 'agentworkloads:requesters',
                },
              ],
            },
            ...(options.artifacts === false
              ? {}
              : {
                  artifacts: {
                    endpoint,
                    bucket: 'artifacts',
                    accessKey: 'key',
                    secretKey: 'secret-of-the-store',
                  },
                }),
            ...options.config,
          },
        },
      }),
      mockServices.permissions.mock({
        authorizeConditional: decide,
        authorize: decide as unknown as PermissionsService['authorize'],
      }).factory,
      mockServices.userInfo.mock({
        async getUserInfo(credentials) {
          const { userEntityRef } = (
            credentials as BackstageCredentials<{ userEntityRef: string }>
          ).principal;
          return {
            userEntityRef,
            ownershipEntityRefs: ownershipOf(userEntityRef),
          };
        },
      }).factory,
      createServiceFactory({
        service: coreServices.auditor,
        deps: {},
        factory: () => auditor,
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          async send(notification: NotificationSendOptions) {
            notifications.push(notification);
          },
        }),
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({
          async publish(signal: unknown) {
            signals.push(signal);
          },
        }),
      }),
    ],
  });
  const agent = request(backend.server);
  const breaches = new Set<string>();
  const as = (method: 'get' | 'post' | 'delete', user: string, path: string) =>
    agent[method](`/api/agent-workloads${path}`)
      .set('Authorization', mockCredentials.user.header(`user:default/${user}`))
      .on('response', ({ status, headers, body }) => {
        const type = headers['content-type'] ?? '';
        const found = breach({ method, url: path, status, type, body });
        if (found) breaches.add(found);
      });
  await eventually(async () => {
    const { body } = await as('get', 'alice', '/gates');
    if (!body.clusters.every((one: { synced: boolean }) => one.synced)) {
      throw new Error('not synced');
    }
  }, 30_000);
  api.requests.length = 0;
  return {
    agent,
    api,
    audits,
    url: `http://127.0.0.1:${backend.server.port()}/api/agent-workloads`,
    s3,
    signals,
    notifications,
    setPolicy(policy: Policy) {
      state.policy = policy;
    },
    get: (user: string, path: string) => as('get', user, path),
    post: (user: string, path: string, body: object = {}) =>
      as('post', user, path).send(body),
    delete: (user: string, path: string) => as('delete', user, path),
    /** @throws where an answer was not as the description of the REST API has it */
    async stop() {
      await backend.stop();
      await api.stop();
      await s3.stop();
      if (breaches.size > 0) {
        throw new Error(
          `src/schema/openapi.yaml says otherwise:\n${[...breaches].join(
            '\n',
          )}`,
        );
      }
    },
  };
}

export type Portal = Awaited<ReturnType<typeof startPortal>>;
