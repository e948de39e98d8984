import { screen, waitFor } from '@testing-library/react';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { newScrapeRouteRef, rootRouteRef } from '../../routes';
import { DemoStart } from './DemoStart';

// A file of its own: Backstage keeps a permission that it has asked for, and a test before this one would answer it.
describe('the beginning of the demo', () => {
  it('has no button for who may make no schedule', async () => {
    const authorize = jest.fn(async () => ({ result: AuthorizeResult.DENY }));
    renderInTestApp(<DemoStart />, {
      apis: [mockApis.permission.mock({ authorize } as never)] as never,
      config: {
        agentWorkloads: {
          demo: { pages: [{ title: 'Tidepool', url: 'http://t.localhost' }] },
        },
      },
      mountedRoutes: {
        '/agent-workloads': rootRouteRef,
        '/create/:namespace/:templateName': newScrapeRouteRef,
      },
    });
    await screen.findByText(/Tidepool are invented/);
    await waitFor(() => expect(authorize).toHaveReturned());
    expect(screen.queryByRole('link', { name: /five minutes/ })).toBeNull();
  });
});
