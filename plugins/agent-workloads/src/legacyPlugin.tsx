import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import {
  compatWrapper,
  convertLegacyRouteRef,
} from '@backstage/core-compat-api';
import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import { AgentWorkloadsClient } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { agentWorkloadsApiRef } from './api';
import { DurationField } from './fields/DurationField';
import { RepeatField } from './fields/RepeatField';
import { UrlListField } from './fields/UrlListField';
import { validateDuration } from './fields/validateDuration';
import { validateRepeat } from './fields/validateRepeat';
import { validateUrlList } from './fields/validateUrlList';
import { newScrapeRouteRef, rootRouteRef, runRouteRef } from './routes';

const mountPoint = convertLegacyRouteRef(rootRouteRef);

export const agentWorkloadsPlugin = createPlugin({
  id: 'agent-workloads',
  apis: [
    createApiFactory({
      api: agentWorkloadsApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new AgentWorkloadsClient(fetchApi),
    }),
  ],
  routes: { root: mountPoint, run: convertLegacyRouteRef(runRouteRef) },
  externalRoutes: { newScrape: convertLegacyRouteRef(newScrapeRouteRef) },
});

/** Mount at `/agent-workloads`. */
export const AgentWorkloadsPage = agentWorkloadsPlugin.provide(
  createRoutableExtension({
    name: 'AgentWorkloadsPage',
    mountPoint,
    component: async () => {
      const { LegacyPage } = await import('./components/LegacyPage');
      return () => compatWrapper(<LegacyPage />);
    },
  }),
);

/** For `EntityLayout.Route` of an entity page. */
export const EntityCompetitorReportContent = agentWorkloadsPlugin.provide(
  createComponentExtension({
    name: 'EntityCompetitorReportContent',
    component: {
      lazy: async () => {
        const { EntityReportContent } = await import(
          './components/EntityReport'
        );
        return () => compatWrapper(<EntityReportContent />);
      },
    },
  }),
);

/** For the overview grid of an entity page. */
export const EntityCompetitorReportCard = agentWorkloadsPlugin.provide(
  createComponentExtension({
    name: 'EntityCompetitorReportCard',
    component: {
      lazy: async () => {
        const { EntityReportCard } = await import('./components/EntityReport');
        return () => compatWrapper(<EntityReportCard />);
      },
    },
  }),
);

/** Within `<ScaffolderFieldExtensions>`, as the two below: fields of the form of a new scrape. */
export const AgentWorkloadsUrlListField = agentWorkloadsPlugin.provide(
  createScaffolderFieldExtension({
    name: 'AgentWorkloadsUrlList',
    component: UrlListField,
    validation: validateUrlList,
  }),
);

export const AgentWorkloadsDurationField = agentWorkloadsPlugin.provide(
  createScaffolderFieldExtension({
    name: 'AgentWorkloadsDuration',
    component: DurationField,
    validation: validateDuration,
  }),
);

export const AgentWorkloadsRepeatField = agentWorkloadsPlugin.provide(
  createScaffolderFieldExtension({
    name: 'AgentWorkloadsRepeat',
    component: RepeatField,
    validation: validateRepeat,
  }),
);
