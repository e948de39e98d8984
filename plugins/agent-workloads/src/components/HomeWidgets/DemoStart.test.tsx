import { screen } from '@testing-library/react';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { newScrapeRouteRef, rootRouteRef } from '../../routes';
import { DemoStart } from './DemoStart';

const url = 'http://tidepool.localhost:4180/pricing';

async function show() {
  const allowed = mockApis.permission({ authorize: AuthorizeResult.ALLOW });
  renderInTestApp(<DemoStart />, {
    apis: [allowed] as never,
    config: {
      agentWorkloads: { demo: { pages: [{ title: 'Tidepool', url }] } },
    },
    mountedRoutes: {
      '/agent-workloads': rootRouteRef,
      '/create/:namespace/:templateName': newScrapeRouteRef,
    },
  });
  await screen.findByText(/Tidepool are invented/);
}

describe('the beginning of the demo', () => {
  it('fills the form with the invented competitors, three times soon', async () => {
    await show();
    const link = await screen.findByRole('link', { name: /five minutes/ });
    const href = new URL(link.getAttribute('href') ?? '', 'http://portal');
    expect(href.pathname).toBe('/create/default/competitor-scrape');
    expect(JSON.parse(href.searchParams.get('formData') ?? '')).toMatchObject({
      targetUrls: [url],
      repeat: { soon: true },
      gateMode: 'policy',
      fourEyes: false,
    });
  });
});
