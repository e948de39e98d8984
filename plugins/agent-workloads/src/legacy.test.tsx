import { screen } from '@testing-library/react';
import { Route } from 'react-router-dom';
import { FlatRoutes } from '@backstage/core-app-api';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { getComponentData, type RouteRef } from '@backstage/core-plugin-api';
import { translationApiRef } from '@backstage/frontend-plugin-api';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { agentWorkloadsApiRef } from './api';
import {
  AgentWorkloadsPage,
  agentWorkloadsPlugin,
  EntityCompetitorReportContent,
  HomePageLatestRuns,
  HomePageWatchList,
} from './legacy';
import { fakeApi } from './__testUtils__/fakeApi';
import { marking, OPEN, SHUT } from './__testUtils__/marking';
import { aRun, aRunDetail } from './__testUtils__/runs';

const run = aRun({
  name: 'week-46',
  objective: 'Week 46',
  phase: 'Completed',
});

async function show(
  element: JSX.Element,
  path: string,
  routes: Record<string, RouteRef> = {},
) {
  const { api } = fakeApi({ runs: { items: [run] }, run: aRunDetail(run) });
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [agentWorkloadsApiRef, api],
        [
          permissionApiRef,
          { authorize: async () => ({ result: AuthorizeResult.ALLOW }) },
        ],
      ]}
    >
      {element}
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: {
        ...routes,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}

describe('the legacy entry', () => {
  it('shows the runs in an app of the old frontend system', async () => {
    await show(
      <FlatRoutes>
        <Route path="/agent-workloads" element={<AgentWorkloadsPage />} />
      </FlatRoutes>,
      '/agent-workloads/runs',
    );
    const link = await screen.findByRole('link', { name: 'Week 46' });
    expect(link).toHaveAttribute(
      'href',
      '/agent-workloads/runs/local/agentworkloads/week-46',
    );
    expect(screen.getByRole('tab', { name: 'Gates' })).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Changes' })).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Schedules' })).toBeInTheDocument();
  });

  it('shows the report on an entity page', async () => {
    const entity = {
      apiVersion: 'v1',
      kind: 'Component',
      metadata: { name: 'pricing-page', namespace: 'default' },
    };
    await show(
      <EntityProvider entity={entity}>
        <EntityCompetitorReportContent />
      </EntityProvider>,
      '/',
      { '/agent-workloads': agentWorkloadsPlugin.routes.root },
    );
    expect(
      await screen.findByRole('article', { name: 'Competitor report' }),
    ).toBeInTheDocument();
  });

  it('has widgets for the home page', async () => {
    await show(<HomePageLatestRuns />, '/', {
      '/agent-workloads': agentWorkloadsPlugin.routes.root,
    });
    const link = await screen.findByRole('link', { name: 'Week 46' });
    expect(link).toHaveAttribute(
      'href',
      '/agent-workloads/runs/local/agentworkloads/week-46',
    );
  });

  it('titles the cards in the words of the language', async () => {
    await show(
      <TestApiProvider apis={[[translationApiRef, marking()]]}>
        <HomePageLatestRuns />
      </TestApiProvider>,
      '/',
      { '/agent-workloads': agentWorkloadsPlugin.routes.root },
    );
    expect(await screen.findByText(`${OPEN}Latest runs${SHUT}`)).toBeVisible();
  });

  it('leaves a title of the app itself as it is', async () => {
    await show(<HomePageLatestRuns title="Our runs" />, '/', {
      '/agent-workloads': agentWorkloadsPlugin.routes.root,
    });
    expect(await screen.findByText('Our runs')).toBeVisible();
    expect(screen.queryByText('Latest runs')).toBeNull();
  });

  it('tells the grid of a home page what its dialog shows', () => {
    const card = <HomePageLatestRuns />;
    expect(getComponentData(card, 'core.extensionName')).toBe(
      'HomePageLatestRuns',
    );
    expect(getComponentData(card, 'title')).toBe('Latest runs');
    expect(getComponentData(card, 'description')).toMatch(/newest runs/);
    expect(getComponentData(card, 'core.plugin')).toBe(agentWorkloadsPlugin);
  });

  it('has the watch list among them', async () => {
    await show(<HomePageWatchList />, '/', {
      '/agent-workloads': agentWorkloadsPlugin.routes.root,
    });
    expect(
      await screen.findByText(/No change is known yet/),
    ).toBeInTheDocument();
  });
});
