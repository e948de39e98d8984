import {
  ApiBlueprint,
  coreExtensionData,
  createExtension,
  ExtensionBoundary,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
  PluginHeaderActionBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
  EntityIconLinkBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { AgentWorkloadsClient } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { RiRadarLine } from '@remixicon/react';
import { agentWorkloadsApiRef } from './api';
import { WidgetTitle } from './components/HomeWidgets/WidgetTitle';
import { TabbedPage } from './components/TabbedPage';
import { useNewScrapeIconLink } from './hooks/useNewScrapeIconLink';
import { isCompetitorReportAvailable } from './lib/competitors';
import {
  changesRouteRef,
  gatesRouteRef,
  newScrapeRouteRef,
  rootRouteRef,
  runRouteRef,
  runsRouteRef,
  scheduleRouteRef,
  schedulesRouteRef,
  taskRouteRef,
} from './routes';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: agentWorkloadsApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new AgentWorkloadsClient(fetchApi),
    }),
});

/** Drawn by the plugin itself, so that its tabs know languages. */
const page = PageBlueprint.makeWithOverrides({
  factory(_, { config, inputs }) {
    const title = config.title ?? 'Agent Workloads';
    const icon = <RiRadarLine />;
    const pages = inputs.pages.map(input => ({
      path: input.get(coreExtensionData.routePath),
      title: input.get(coreExtensionData.title),
      element: input.get(coreExtensionData.reactElement),
    }));
    return [
      coreExtensionData.routePath(config.path ?? '/agent-workloads'),
      coreExtensionData.routeRef(rootRouteRef),
      coreExtensionData.title(title),
      coreExtensionData.icon(icon),
      coreExtensionData.reactElement(
        <TabbedPage title={title} icon={icon} pages={pages} />,
      ),
    ];
  },
});

const runsPage = SubPageBlueprint.make({
  name: 'runs',
  params: {
    path: 'runs',
    title: 'Runs',
    loader: () =>
      import('./components/AgentWorkloadsRoutes').then(m => <m.RunsRoutes />),
  },
});

const gatesPage = SubPageBlueprint.make({
  name: 'gates',
  params: {
    path: 'gates',
    title: 'Gates',
    loader: () =>
      import('./components/AgentWorkloadsRoutes').then(m => <m.GatesRoutes />),
  },
});

const changesPage = SubPageBlueprint.make({
  name: 'changes',
  params: {
    path: 'changes',
    title: 'Changes',
    loader: () =>
      import('./components/AgentWorkloadsRoutes').then(m => (
        <m.ChangesRoutes />
      )),
  },
});

const schedulesPage = SubPageBlueprint.make({
  name: 'schedules',
  params: {
    path: 'schedules',
    title: 'Schedules',
    loader: () =>
      import('./components/AgentWorkloadsRoutes').then(m => (
        <m.SchedulesRoutes />
      )),
  },
});

const newScrapeAction = PluginHeaderActionBlueprint.make({
  name: 'new-scrape',
  params: {
    loader: () =>
      import('./components/Links').then(m => <m.NewScrapeButton compact />),
  },
});

const entityReport = EntityContentBlueprint.make({
  name: 'competitor-report',
  params: {
    path: '/competitor-report',
    title: 'Competitor report',
    group: 'observability',
    icon: <RiRadarLine />,
    filter: isCompetitorReportAvailable,
    loader: () =>
      import('./components/EntityReport').then(m => <m.EntityReportContent />),
  },
});

const entityCard = EntityCardBlueprint.make({
  name: 'competitor-report',
  params: {
    type: 'info',
    filter: isCompetitorReportAvailable,
    loader: () =>
      import('./components/EntityReport').then(m => <m.EntityReportCard />),
  },
});

const entityLink = EntityIconLinkBlueprint.make({
  name: 'new-scrape',
  params: {
    filter: isCompetitorReportAvailable,
    useProps: useNewScrapeIconLink,
  },
});

const gatesWidget = HomePageWidgetBlueprint.make({
  name: 'gates-waiting',
  params: {
    name: 'AgentWorkloadsGates',
    componentProps: { title: <WidgetTitle of="gates" /> },
    title: 'Gates that wait for you',
    description: 'Runs whose gate you may decide, with the time left',
    components: () =>
      import('./components/HomeWidgets').then(m => ({
        Content: m.GatesWaiting,
      })),
  },
});

const runsWidget = HomePageWidgetBlueprint.make({
  name: 'latest-runs',
  params: {
    name: 'AgentWorkloadsRuns',
    componentProps: { title: <WidgetTitle of="runs" /> },
    title: 'Latest runs',
    description: 'The newest runs and how they stand',
    components: () =>
      import('./components/HomeWidgets').then(m => ({ Content: m.LatestRuns })),
  },
});

const demoWidget = HomePageWidgetBlueprint.make({
  name: 'demo',
  params: {
    name: 'AgentWorkloadsDemo',
    componentProps: { title: <WidgetTitle of="demo" /> },
    title: 'Try it',
    description: 'How to see a change soon, where there are invented companies',
    components: () =>
      import('./components/HomeWidgets').then(m => ({ Content: m.DemoStart })),
  },
});

const changesWidget = HomePageWidgetBlueprint.make({
  name: 'unread-changes',
  params: {
    name: 'AgentWorkloadsChanges',
    componentProps: { title: <WidgetTitle of="changes" /> },
    title: 'What changed since you looked',
    description: 'The latest changes of completed runs that are unread',
    components: () =>
      import('./components/HomeWidgets').then(m => ({
        Content: m.UnreadChanges,
      })),
  },
});

const watchWidget = HomePageWidgetBlueprint.make({
  name: 'watch-list',
  params: {
    name: 'AgentWorkloadsWatch',
    componentProps: { title: <WidgetTitle of="watch" /> },
    title: 'What you watch',
    description:
      'Each company with its last change and its next run; before the first run, how to begin',
    components: () =>
      import('./components/HomeWidgets').then(m => ({ Content: m.WatchList })),
  },
});

const urlListField = FormFieldBlueprint.make({
  name: 'url-list',
  params: { field: () => import('./fields').then(m => m.urlListField) },
});

const durationField = FormFieldBlueprint.make({
  name: 'duration',
  params: { field: () => import('./fields').then(m => m.durationField) },
});

const objectiveField = FormFieldBlueprint.make({
  name: 'objective',
  params: { field: () => import('./fields').then(m => m.objectiveField) },
});

const timeoutsField = FormFieldBlueprint.make({
  name: 'timeouts',
  params: { field: () => import('./fields').then(m => m.timeoutsField) },
});

const repeatField = FormFieldBlueprint.make({
  name: 'repeat',
  params: { field: () => import('./fields').then(m => m.repeatField) },
});

const entityField = FormFieldBlueprint.make({
  name: 'entity',
  params: { field: () => import('./fields').then(m => m.entityField) },
});

const launchCheckField = FormFieldBlueprint.make({
  name: 'launch-check',
  params: { field: () => import('./fields').then(m => m.launchCheckField) },
});

/** Beside the pages, for the form is the scaffolder's: see there. */
const formCompanion = createExtension({
  kind: 'app-root-element',
  name: 'form-companion',
  attachTo: { id: 'app/root', input: 'elements' },
  output: [coreExtensionData.reactElement],
  factory: ({ node }) => [
    coreExtensionData.reactElement(
      ExtensionBoundary.lazy(node, () =>
        import('./components/FormCompanion').then(m => <m.FormCompanion />),
      ),
    ),
  ],
});

/** @public */
export const agentWorkloadsPlugin = createFrontendPlugin({
  pluginId: 'agent-workloads',
  title: 'Agent Workloads',
  icon: <RiRadarLine />,
  info: {
    packageJson: () => import('../package.json'),
    manifest: () => import('../catalog-info.yaml'),
  },
  routes: {
    root: rootRouteRef,
    runs: runsRouteRef,
    run: runRouteRef,
    gates: gatesRouteRef,
    changes: changesRouteRef,
    schedules: schedulesRouteRef,
    schedule: scheduleRouteRef,
  },
  externalRoutes: { newScrape: newScrapeRouteRef, task: taskRouteRef },
  extensions: [
    api,
    page,
    runsPage,
    gatesPage,
    changesPage,
    schedulesPage,
    newScrapeAction,
    entityReport,
    entityCard,
    entityLink,
    gatesWidget,
    watchWidget,
    changesWidget,
    runsWidget,
    demoWidget,
    urlListField,
    durationField,
    repeatField,
    objectiveField,
    timeoutsField,
    launchCheckField,
    entityField,
    formCompanion,
  ],
});
