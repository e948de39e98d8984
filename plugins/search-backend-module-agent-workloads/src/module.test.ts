import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { reportFindPermission } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { FakeApiServer } from '@agentworkloads/kube/testing';
import type { DocumentCollatorFactory } from '@backstage/plugin-search-common';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { searchModuleAgentWorkloads } from './module';
import type { ReportDocument } from './toDocument';

const FINAL = ['PolicyDenied', 'Failed', 'TimedOut', 'Denied', 'Cancelled'];
const OPEN = ['Pending', 'Running', 'AwaitingApproval'];

const run = (name: string, phase: string, more: object = {}) => ({
  apiVersion: 'agentworkloads.io/v1alpha1',
  kind: 'AgentWorkload',
  metadata: {
    name,
    namespace: 'agentworkloads',
    uid: `uid-${name}`,
    creationTimestamp: '2026-11-01T00:00:00Z',
    resourceVersion: '1',
    generation: 1,
  },
  spec: {
    objective: 'What does Tidepool charge?',
    targetUrls: ['https://tidepool.example/pricing', 'https://b.example/'],
    entityRef: 'component:default/tidepool',
    workflowTemplateRef: { name: 'competitor-scrape' },
  },
  status: {
    phase,
    workflowArtifacts: { 'report-json': { bucket: 'b', key: 'k' } },
    summary: { pages: 2, facts: 9, changes: 3 },
    conditions: [
      {
        type: 'Ready',
        status: 'True',
        reason: 'Completed',
        message: '',
        lastTransitionTime: '2026-11-02T03:04:05Z',
      },
    ],
    ...more,
  },
});

describe('the search module', () => {
  let api: FakeApiServer;
  let url: string;
  let collators: DocumentCollatorFactory[];

  beforeEach(async () => {
    collators = [];
    api = new FakeApiServer();
    url = await api.start();
  });
  afterEach(() => api.stop());

  async function start(search?: object) {
    const registry = createBackendModule({
      pluginId: 'search',
      moduleId: 'registry-of-the-test',
      register(env) {
        env.registerExtensionPoint(searchIndexRegistryExtensionPoint, {
          addCollator: ({ factory }) => void collators.push(factory),
          addDecorator: () => undefined,
        });
        env.registerInit({ deps: {}, async init() {} });
      },
    });
    return startTestBackend({
      features: [
        registry,
        searchModuleAgentWorkloads,
        mockServices.rootConfig.factory({
          data: {
            agentWorkloads: {
              clusters: [{ name: 'local', url, token: 't' }],
              ...(search && { search }),
            },
          },
        }),
      ],
    });
  }

  async function documents(): Promise<ReportDocument[]> {
    const found: ReportDocument[] = [];
    for await (const one of await collators[0].getCollator()) found.push(one);
    return found;
  }

  it('indexes nothing until somebody says that the policy filters', async () => {
    const backend = await start();
    expect(collators).toEqual([]);
    await backend.stop();
    const denied = await start({ isFiltered: false });
    expect(collators).toEqual([]);
    await denied.stop();
  });

  it('tells of a completed run what it was about, and by which permission it is seen', async () => {
    api.put('agentworkloads', run('done', 'Completed') as never);
    const backend = await start({ isFiltered: true });
    expect(collators[0].type).toBe('competitor-report');
    expect(collators[0].visibilityPermission).toBe(reportFindPermission);
    expect(await documents()).toEqual([
      {
        title: 'Competitor report: tidepool.example, b.example',
        text: 'What does Tidepool charge? · tidepool.example b.example · component:default/tidepool · 3 changes, 2026-11-02, agentworkloads/done',
        location: '/agent-workloads/runs/local/agentworkloads/done',
        authorization: { resourceRef: 'local/agentworkloads/done' },
        completedAt: '2026-11-02T03:04:05Z',
        namespace: 'agentworkloads',
        entityRef: 'component:default/tidepool',
      },
    ]);
    await backend.stop();
  });

  it('dates a run that was opened again by when its pages were seen', async () => {
    const sha256 = 'a'.repeat(64);
    const evidenceFrom = {
      name: 'before',
      workflowUid: 'w',
      seenAt: '2026-10-30T08:00:00Z',
      seenIn: 'before',
      seenInWorkflow: 'uid-of-before',
      artifacts: { manifest: { bucket: 'b', key: 'k', sha256 } },
    };
    const again = run('again', 'Completed', { evidenceFrom });
    api.put('agentworkloads', again as never);
    const backend = await start({ isFiltered: true });
    const [found] = await documents();
    expect(found.completedAt).toBe('2026-10-30T08:00:00Z');
    expect(found.text).toContain('3 changes, 2026-10-30');
    await backend.stop();
  });

  it('has no run that no report was let pass for', async () => {
    for (const phase of [...FINAL, ...OPEN]) {
      api.put('agentworkloads', run(phase.toLowerCase(), phase) as never);
    }
    const unreported = run('unreported', 'Completed', {
      workflowArtifacts: {},
    });
    api.put('agentworkloads', unreported as never);
    api.put('agentworkloads', run('done', 'Completed') as never);
    const backend = await start({ isFiltered: true });
    const found = await documents();
    expect(found.map(({ location }) => location)).toEqual([
      '/agent-workloads/runs/local/agentworkloads/done',
    ]);
    await backend.stop();
  });

  it('keeps the index of before where a cluster is away', async () => {
    const backend = await start({ isFiltered: true });
    await api.stop();
    await expect(documents()).rejects.toThrow();
    await backend.stop();
  });
});
