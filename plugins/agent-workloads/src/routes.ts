import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

export const rootRouteRef = createRouteRef();

export const runsRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/runs',
});

export const runRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/runs/:cluster/:namespace/:name',
});

export const gatesRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/gates',
});

export const changesRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/changes',
});

export const schedulesRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/schedules',
});

export const scheduleRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/schedules/:cluster/:namespace/:name',
});

/** The scaffolder's page of one template: where a new scrape begins. */
export const newScrapeRouteRef = createExternalRouteRef({
  params: ['namespace', 'templateName'],
  defaultTarget: 'scaffolder.selectedTemplate',
});

/** The scaffolder's page of one task: where it leads after a form was sent. */
export const taskRouteRef = createExternalRouteRef({
  params: ['taskId'],
  defaultTarget: 'scaffolder.ongoingTask',
});
