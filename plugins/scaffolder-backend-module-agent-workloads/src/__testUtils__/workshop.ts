import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { AgentWorkloadsClusters } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import {
  openCluster,
  type StartRunServices,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { FakeApiServer } from '@agentworkloads/kube/testing';

/** What the actions stand on: a fake API server, and a portal that Bob is signed in to. */
export class Workshop {
  readonly api = new FakeApiServer();
  readonly audits: string[] = [];
  /** Names of permissions that nobody has. */
  denied: string[] = [];
  private clusters?: AgentWorkloadsClusters;

  async start(): Promise<void> {
    const client = openCluster(
      {
        kind: 'url',
        url: await this.api.start(),
        token: 'portal',
        skipTLSVerify: false,
      },
      'local',
    );
    this.clusters = new AgentWorkloadsClusters(
      {
        defaultNamespace: 'agentworkloads',
        createNamespaces: ['agentworkloads'],
        defaultTemplate: 'competitor-scrape',
        identity: {
          users: [],
          groups: [
            { ref: 'group:default/product', name: 'agentworkloads:requesters' },
          ],
        },
      },
      [{ name: 'local', client }],
    );
  }

  async stop(): Promise<void> {
    await this.clusters?.close();
    await this.api.stop();
  }

  services(): StartRunServices {
    return {
      auditor: {
        createEvent: async ({ eventId }) => ({
          success: async () => void this.audits.push(`${eventId} success`),
          fail: async () => void this.audits.push(`${eventId} fail`),
        }),
      },
      clusters: this.clusters!,
      now: () => Date.parse('2026-02-03T04:05:06Z'),
      randomSuffix: () => 'ab12',
      permissions: mockServices.permissions.mock({
        authorize: async asked =>
          asked.map(({ permission }) => ({
            result: this.denied.includes(permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
      }),
      userInfo: mockServices.userInfo.mock({
        getUserInfo: async () => ({
          userEntityRef: 'user:default/bob',
          ownershipEntityRefs: ['user:default/bob', 'group:default/product'],
        }),
      }),
    };
  }

  /** @returns the outputs of one step that has this action */
  async run(
    action: { handler(ctx: never): Promise<void> },
    input: Record<string, unknown>,
    options: {
      isDryRun?: boolean;
      task?: string;
      credentials?: BackstageCredentials;
    } = {},
  ): Promise<{ name: string; [output: string]: unknown }> {
    const outputs: Record<string, unknown> = {};
    const context = createMockActionContext({ input: input as never });
    await action.handler({
      ...context,
      isDryRun: options.isDryRun,
      task: { id: options.task ?? 'task-1' },
      getInitiatorCredentials: async () =>
        options.credentials ?? mockCredentials.user('user:default/bob'),
      output: (name: string, value: unknown) => {
        outputs[name] = value;
      },
    } as never);
    return outputs as { name: string };
  }
}
