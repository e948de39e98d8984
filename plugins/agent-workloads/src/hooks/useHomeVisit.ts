import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { RunsQuery } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { agentWorkloadsApiRef } from '../api';
import { gatesQuery, queryClientFor, runsQuery } from './queries';

/** The one list of runs that the home page asks for. */
export const LATEST_RUNS: RunsQuery = {
  sort: 'createdAt',
  order: 'desc',
  limit: 5,
};

/** What a home page can order its widgets by. @public */
export interface HomeVisit {
  /** There is a run that this person may read. */
  isUsed: boolean;
  /** A gate waits for this person's decision. */
  mayDecide: boolean;
}

/**
 * For a layout of the home page, outside of any element of the plugin. Asked once for each visit, by the same requests as the
 * widgets: what comes later does not move them under somebody's hand. Both are false until it is known, and where it can't be
 * had, for the widgets themselves say what is wrong.
 * @public
 */
export function useHomeVisit(): HomeVisit {
  const api = useApi(agentWorkloadsApiRef);
  const [visit, setVisit] = useState({ isUsed: false, mayDecide: false });
  useEffect(() => {
    let gone = false;
    const queries = queryClientFor(api);
    Promise.all([
      queries.fetchQuery(gatesQuery(api)),
      queries.fetchQuery(runsQuery(api, LATEST_RUNS)),
    ])
      .then(([gates, runs]) => {
        if (gone) return;
        setVisit({
          isUsed: runs.total > 0,
          mayDecide: gates.items.some(({ mayDecide }) => mayDecide.allowed),
        });
      })
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [api]);
  return visit;
}
