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
import { createCardExtension } from '@backstage/plugin-home-react';
import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import { AgentWorkloadsClient } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { agentWorkloadsApiRef } from './api';
import { titled } from './components/LegacyHomeCard';
import { DurationField } from './fields/DurationField';
import { EntityField } from './fields/EntityField';
import { LaunchCheckField } from './fields/LaunchCheckField';
import { ObjectiveField } from './fields/ObjectiveField';
import { RepeatField } from './fields/RepeatField';
import { TimeoutsField } from './fields/TimeoutsField';
import { UrlListField } from './fields/UrlListField';
import { validateDuration } from './fields/validateDuration';
import { validateObjective } from './fields/validateObjective';
import { validateRepeat } from './fields/validateRepeat';
import { validateTimeouts } from './fields/validateTimeouts';
import { validateUrlList } from './fields/validateUrlList';
import { newScrapeRouteRef, rootRouteRef, runRouteRef } from './routes';

const mountPoint = convertLegacyRouteRef(rootRouteRef);

/** @public */
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

/** Mount at `/agent-workloads`. @public */
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

/** For `EntityLayout.Route` of an entity page. @public */
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

/** For the overview grid of an entity page. @public */
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

/** Within `<ScaffolderFieldExtensions>`, as the six below: fields of the form of a new scrape. @public */
export const AgentWorkloadsUrlListField = agentWorkloadsPlugin.provide(
  createScaffolderFieldExtension({
    name: 'AgentWorkloadsUrlList',
    component: UrlListField,
    validation: validateUrlList,
  }),
);

/** @public */
export const AgentWorkloadsDurationField = agentWorkloadsPlugin.provide(
  createScaffolderFieldExtension({
    name: 'AgentWorkloadsDuration',
    component: DurationField,
    validation: validateDuration,
  }),
);

/** @public */
export const AgentWorkloadsEntityField = agentWorkloadsPlugin.provide(
  createScaffolderFieldExtension({
    name: 'AgentWorkloadsEntity',
    component: EntityField,
  }),
);

/** @public */
export const AgentWorkloadsLaunchCheckField = agentWorkloadsPlugin.provide(
  createScaffolderFieldExtension({
    name: 'AgentWorkloadsLaunchCheck',
    component: LaunchCheckField,
  }),
);

/** @public */
export const AgentWorkloadsRepeatField = agentWorkloadsPlugin.provide(
  createScaffolderFieldExtension({
    name: 'AgentWorkloadsRepeat',
    component: RepeatField,
    validation: validateRepeat,
  }),
);

/** @public */
export const AgentWorkloadsObjectiveField = agentWorkloadsPlugin.provide(
  createScaffolderFieldExtension({
    name: 'AgentWorkloadsObjective',
    component: ObjectiveField,
    validation: validateObjective,
  }),
);

/** @public */
export const AgentWorkloadsTimeoutsField = agentWorkloadsPlugin.provide(
  createScaffolderFieldExtension({
    name: 'AgentWorkloadsTimeouts',
    component: TimeoutsField,
    validation: validateTimeouts,
  }),
);

type HomeWidget = keyof typeof import('./components/HomeWidgets');

/** A card of the home page with one of the widgets that apps of the new system have. */
const homeCard = (
  card: { name: string; title: string; description: string },
  of: Parameters<typeof titled>[1],
  widget: HomeWidget,
) =>
  titled(
    agentWorkloadsPlugin.provide(
      createCardExtension({
        ...card,
        components: async () => {
          const Widget = (await import('./components/HomeWidgets'))[widget];
          return { Content: () => compatWrapper(<Widget />) };
        },
      }),
    ),
    of,
  );

/** For the home page, as the three below: the gates that wait for who looks. @public */
export const HomePageGatesWaiting = homeCard(
  {
    name: 'HomePageGatesWaiting',
    title: 'Gates that wait for you',
    description: 'Runs whose gate you may decide, with the time left',
  },
  'gates',
  'GatesWaiting',
);

/** @public */
export const HomePageWatchList = homeCard(
  {
    name: 'HomePageWatchList',
    title: 'What you watch',
    description:
      'Each company with its last change and its next run; before the first run, how to begin',
  },
  'watch',
  'WatchList',
);

/** @public */
export const HomePageUnreadChanges = homeCard(
  {
    name: 'HomePageUnreadChanges',
    title: 'What changed since you looked',
    description: 'The latest changes of completed runs that are unread',
  },
  'changes',
  'UnreadChanges',
);

/** @public */
export const HomePageLatestRuns = homeCard(
  {
    name: 'HomePageLatestRuns',
    title: 'Latest runs',
    description: 'The newest runs and how they stand',
  },
  'runs',
  'LatestRuns',
);
