import { useEffect, useState, type ReactNode } from 'react';
import {
  keepPreviousData,
  QueryClient,
  QueryClientProvider,
  queryOptions,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useApi } from '@backstage/frontend-plugin-api';
import { isFinalPhase } from '@agentworkloads/api';
import type {
  ChangeItem,
  ChangesQuery,
  ChangesResponse,
  ChangesVisit,
  RunRef,
  RunsQuery,
  ScheduleDetail,
  ScheduleItem,
  SchedulesResponse,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { agentWorkloadsApiRef, type AgentWorkloadsApi } from '../api';
import { changeKey } from '../lib/shownChange';
import { useChangeNotices } from './useChangeNotices';

const clients = new WeakMap<AgentWorkloadsApi, QueryClient>();

/** One cache for each API instance: the pages share it, another sign-in or another test never sees it. */
export function queryClientFor(api: AgentWorkloadsApi): QueryClient {
  let client = clients.get(api);
  if (!client) {
    client = new QueryClient({
      defaultOptions: {
        queries: {
          retry: (failures, error) => failures < 2 && isWorthATry(error),
          refetchOnMount: 'always',
          staleTime: 1_000,
        },
      },
    });
    clients.set(api, client);
  }
  return client;
}

/** What the server refused or does not have, it will refuse again. */
function isWorthATry(error: unknown): boolean {
  const status =
    (error as { statusCode?: number }).statusCode ??
    (error as { response?: { status?: number } }).response?.status;
  return status !== undefined && status >= 500;
}

/** Around every element that the plugin hands out. */
export function WithQueries(props: { children: ReactNode }) {
  const api = useApi(agentWorkloadsApiRef);
  return (
    <QueryClientProvider client={queryClientFor(api)}>
      {props.children}
    </QueryClientProvider>
  );
}

/** Whether one that is shown now asks again what another has asked within the last second. */
interface Asking {
  /** `true`: it takes that answer, as the boxes of one page do that are shown one after the other. */
  refetchOnMount?: true;
}

const keyOf = (ref: RunRef) => [ref.cluster, ref.namespace, ref.name];

export const runsQuery = (api: AgentWorkloadsApi, query: RunsQuery) =>
  queryOptions({
    queryKey: ['runs', query],
    queryFn: ({ signal }) => api.listRuns(query, signal),
  });

export function useRuns(query: RunsQuery, asking: Asking = {}) {
  const api = useApi(agentWorkloadsApiRef);
  const interval = useChangeNotices(['runs']);
  return useQuery({
    ...runsQuery(api, query),
    ...asking,
    placeholderData: keepPreviousData,
    refetchInterval: interval,
  });
}

export const gatesQuery = (api: AgentWorkloadsApi) =>
  queryOptions({
    queryKey: ['gates'],
    queryFn: ({ signal }) => api.listGates(signal),
  });

export function useGates(asking: Asking = {}) {
  const api = useApi(agentWorkloadsApiRef);
  const interval = useChangeNotices(['gates']);
  return useQuery({
    ...gatesQuery(api),
    ...asking,
    refetchInterval: interval,
  });
}

/** @param query nothing is asked where it is undefined */
export function useChanges(query: ChangesQuery | undefined) {
  const api = useApi(agentWorkloadsApiRef);
  const interval = useChangeNotices(['changes']);
  return useQuery({
    queryKey: ['changes', query],
    queryFn: ({ signal }) => api.listChanges(query, signal),
    enabled: query !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: interval,
  });
}

/** Puts a change into the lists as the backend gave it back, without asking for them again. */
export function useShowChange(): (changed: ChangeItem) => void {
  const queries = useQueryClient();
  return changed => {
    const isIt = (one: ChangeItem) => changeKey(one) === changeKey(changed);
    queries.setQueriesData<ChangesResponse>(
      { queryKey: ['changes'] },
      known =>
        known && {
          ...known,
          items: known.items.map(one => (isIt(one) ? changed : one)),
        },
    );
  };
}

/**
 * Tells the backend once that the person looks at the changes.
 * @returns undefined while it is not told, or when it can't be
 */
export function useChangesVisit(): ChangesVisit | undefined {
  const api = useApi(agentWorkloadsApiRef);
  const [visit, setVisit] = useState<ChangesVisit>();
  useEffect(() => {
    let gone = false;
    api.visitChanges().then(
      told => {
        if (!gone) setVisit(told);
      },
      // The list itself says what is wrong; without this it has no marks.
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [api]);
  return visit;
}

export function useSchedules() {
  const api = useApi(agentWorkloadsApiRef);
  const interval = useChangeNotices(['schedules']);
  return useQuery({
    queryKey: ['schedules'],
    queryFn: ({ signal }) => api.listSchedules(signal),
    refetchInterval: interval,
  });
}

/** One with its spec. Its row in the list tells what goes on; this is read anew when that does. */
export function useSchedule(ref: RunRef) {
  const api = useApi(agentWorkloadsApiRef);
  const key = ['schedule', ...keyOf(ref)];
  const interval = useChangeNotices(key, ref);
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.getSchedule(ref, signal),
    refetchInterval: interval,
  });
}

/**
 * Puts a schedule into the list as the backend gave it back, and onto its own page where it came with its spec; what was
 * asked for before that would show it as it was. Without one everything is read anew.
 */
export function useShowSchedule(): (
  changed?: ScheduleItem | ScheduleDetail,
) => Promise<void> {
  const queries = useQueryClient();
  const queryKey = ['schedules'];
  return async changed => {
    if (changed && 'spec' in changed) {
      const own = ['schedule', ...keyOf(changed)];
      await queries.cancelQueries({ queryKey: own });
      queries.setQueryData<ScheduleDetail>(own, changed);
    } else {
      void queries.invalidateQueries({ queryKey: ['schedule'] });
    }
    if (!changed) {
      await queries.invalidateQueries({ queryKey });
      return;
    }
    await queries.cancelQueries({ queryKey });
    const isIt = (one: ScheduleItem) =>
      one.cluster === changed.cluster && one.uid === changed.uid;
    queries.setQueryData<SchedulesResponse>(
      queryKey,
      known =>
        known && {
          ...known,
          items: known.items.map(one => (isIt(one) ? changed : one)),
        },
    );
  };
}

/** Polling ends with the run; before, it is slow while signals do their work. */
export function useRun(ref: RunRef) {
  const api = useApi(agentWorkloadsApiRef);
  const key = ['run', ...keyOf(ref)];
  const interval = useChangeNotices(key, ref);
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.getRun(ref, signal),
    refetchInterval: query =>
      isFinalPhase(query.state.data?.phase) ? false : interval,
  });
}

/** @param version changes when there may be something new, e.g. the steps' phases; absent of a run that is over */
export function useEvidence(ref: RunRef, version?: string) {
  const api = useApi(agentWorkloadsApiRef);
  const result = useQuery({
    queryKey: ['evidence', ...keyOf(ref)],
    queryFn: ({ signal }) => api.getEvidence(ref, signal),
    staleTime: Infinity,
    refetchOnMount: true,
  });
  const { refetch } = result;
  useEffect(() => {
    void refetch();
  }, [refetch, version]);
  return result;
}

/** A report never changes once it is written. */
export function useReport(ref: RunRef | undefined) {
  const api = useApi(agentWorkloadsApiRef);
  return useQuery({
    queryKey: ['report', ...(ref ? keyOf(ref) : [])],
    queryFn: ({ signal }) => api.getReport(ref!, signal),
    enabled: ref !== undefined,
    staleTime: Infinity,
    refetchOnMount: true,
  });
}

export function useEvents(ref: RunRef, live: boolean) {
  const api = useApi(agentWorkloadsApiRef);
  return useQuery({
    queryKey: ['events', ...keyOf(ref)],
    queryFn: ({ signal }) => api.listEvents(ref, signal),
    refetchInterval: live ? 10_000 : false,
  });
}

/** The bytes of an object of the run; kept a while, for dialogs open and close. */
export function useObject(ref: RunRef, key: string | undefined) {
  const api = useApi(agentWorkloadsApiRef);
  return useQuery({
    queryKey: ['object', ...keyOf(ref), key],
    queryFn: async ({ signal }) => {
      const response = await api.openObject(ref, key!, signal);
      return response.blob();
    },
    enabled: key !== undefined,
    staleTime: Infinity,
    refetchOnMount: true,
    gcTime: 60_000,
  });
}
