/** `yarn start` in this folder: the plugin's pages in an app of their own, with runs, gates and changes that are invented here. */
import { createDevApp } from '@backstage/frontend-dev-utils';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { agentWorkloadsApiRef } from '../src/api';
import { fakeApi } from '../src/__testUtils__/fakeApi';
import { aGate, aRun, aRunDetail } from '../src/__testUtils__/runs';
import plugin from '../src';

const waiting = aRun({ name: 'pricing-week-47', phase: 'AwaitingApproval' });
const runs = [
  waiting,
  aRun({ name: 'feature-matrix', phase: 'Running' }),
  aRun({ name: 'pricing-week-46', phase: 'Completed' }),
  aRun({ name: 'support-pages', phase: 'Failed' }),
];

const { api } = fakeApi({
  runs: { items: runs },
  gates: [aGate(waiting, { allowed: true })],
  getRun: async ({ name }) =>
    aRunDetail(runs.find(run => run.name === name) ?? waiting, {
      allowed: true,
    }),
});

createDevApp({
  features: [
    // Runs link to the entities that they belong to.
    catalogPlugin,
    plugin.withOverrides({
      extensions: [
        plugin.getExtension('api:agent-workloads').override({
          params: defineParams =>
            defineParams({
              api: agentWorkloadsApiRef,
              deps: {},
              factory: () => api,
            }),
        }),
      ],
    }),
  ],
});
