import type { ReactElement } from 'react';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { agentWorkloadsApiRef, type AgentWorkloadsApi } from '../api';
import { WithQueries } from '../hooks/queries';
import { newScrapeRouteRef, rootRouteRef } from '../routes';

/** Renders an element of the plugin at a path, as a person who may create runs unless told otherwise. */
export async function renderPage(
  element: ReactElement,
  options: {
    api: AgentWorkloadsApi;
    at?: string;
    mountPath?: string;
    mayCreate?: boolean;
    /** Others that the page takes, by their references. */
    apis?: readonly (readonly [unknown, unknown])[];
  },
) {
  const rendered = renderInTestApp(<WithQueries>{element}</WithQueries>, {
    apis: [
      [agentWorkloadsApiRef, options.api],
      ...(options.apis ?? []),
      mockApis.permission({
        authorize:
          options.mayCreate === false
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      }),
    ] as never,
    mountedRoutes: {
      '/agent-workloads': rootRouteRef,
      '/catalog/:namespace/:kind/:name': entityRouteRef as never,
      '/create/:namespace/:templateName': newScrapeRouteRef,
    },
    mountPath: options.mountPath,
    initialRouteEntries: options.at ? [options.at] : undefined,
  });
  return rendered;
}
