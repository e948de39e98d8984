import { screen } from '@testing-library/react';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import plugin, { agentWorkloadsApiRef } from './index';
import { fakeApi } from './__testUtils__/fakeApi';
import { aRun, aRunDetail } from './__testUtils__/runs';

const run = aRun({ name: 'week-47', objective: 'Week 47', phase: 'Running' });

function open(path: string) {
  const { api } = fakeApi({
    runs: { items: [run] },
    run: aRunDetail(run),
  });
  renderTestApp({
    features: [plugin],
    apis: [[agentWorkloadsApiRef, api], mockApis.permission()] as never,
    mountedRoutes: {
      '/catalog/:namespace/:kind/:name': entityRouteRef as never,
    },
    initialRouteEntries: [path],
  });
}

describe('the plugin in an app', () => {
  it('opens with the runs', async () => {
    open('/agent-workloads');
    expect(
      await screen.findByRole('link', { name: 'Week 47' }, { timeout: 10_000 }),
    ).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Gates' })).toBeInTheDocument();
  }, 20_000);

  it('shows the page of a run by its address', async () => {
    open('/agent-workloads/runs/local/agentworkloads/week-47');
    expect(
      await screen.findByRole(
        'heading',
        { name: 'Week 47' },
        { timeout: 10_000 },
      ),
    ).toBeInTheDocument();
  }, 20_000);

  it('names what it brings, for configuration', () => {
    const ids = [
      'page:agent-workloads',
      'sub-page:agent-workloads/runs',
      'sub-page:agent-workloads/gates',
      'sub-page:agent-workloads/changes',
      'sub-page:agent-workloads/schedules',
      'entity-content:agent-workloads/competitor-report',
      'entity-card:agent-workloads/competitor-report',
      'entity-icon-link:agent-workloads/new-scrape',
      'scaffolder-form-field:agent-workloads/url-list',
      'home-page-widget:agent-workloads/gates-waiting',
      'home-page-widget:agent-workloads/unread-changes',
    ];
    ids.forEach(id => expect(plugin.getExtension(id as never)).toBeDefined());
  });
});
