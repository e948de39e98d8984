import type { Clock, ReflectorObserver } from '@agentworkloads/kube';
import type { Meter } from '@opentelemetry/api';
import type { ArtifactStore } from '../artifacts/ArtifactStore';

/** How one kind is followed in one cluster; the namespace is empty where all are followed at once. */
export interface WatchState {
  cluster: string;
  kind: string;
  namespace: string;
  synced: boolean;
  failing: boolean;
  silentForMs: number;
}

/** Runs something, and keeps how long it took. */
export type Timer = <T>(run: () => Promise<T>) => Promise<T>;

/** @param watches - asked at each collection */
export function followWatches(meter: Meter, watches: () => WatchState[]): void {
  const read = (
    name: string,
    options: { description: string; unit?: string },
    value: (watch: WatchState) => number,
  ) =>
    meter.createObservableGauge(name, options).addCallback(result => {
      for (const watch of watches()) {
        const { cluster, kind, namespace } = watch;
        result.observe(value(watch), { cluster, kind, namespace });
      }
    });
  read(
    'agent_workloads.watch.silent',
    {
      description:
        'Since the API server last said anything of a kind. Bookmarks come once a minute, so a minute and a half is much.',
      unit: 's',
    },
    ({ silentForMs }) => silentForMs / 1000,
  );
  read(
    'agent_workloads.watch.failing',
    { description: '1 while a kind cannot be followed.' },
    ({ failing }) => Number(failing),
  );
  read(
    'agent_workloads.watch.synced',
    { description: '1 once a whole list of the kind was read.' },
    ({ synced }) => Number(synced),
  );
}

/**
 * What the portal's backend measures of itself, for whatever collects OpenTelemetry; where nothing does, it costs nothing.
 * Names and units follow OpenTelemetry's conventions, so Prometheus has `agent_workloads_watch_lists_total`.
 */
export function portalMetrics(meter: Meter, clock: Clock) {
  const lists = meter.createCounter('agent_workloads.watch.lists', {
    description:
      'Whole lists that were read; all after the first of a kind are relists.',
  });
  const failures = meter.createCounter('agent_workloads.watch.failures', {
    description:
      'Lists and watches that failed; reason relist: a new list had to follow.',
  });
  const authorize = meter.createHistogram(
    'agent_workloads.authorize.duration',
    {
      description:
        'What it took to learn from policy and cluster what a caller may do.',
      unit: 's',
    },
  );
  const artifactErrors = meter.createCounter(
    'agent_workloads.artifact.errors',
    {
      description: 'Objects that the storage did not give, missing ones aside.',
    },
  );

  return {
    observerOf(
      cluster: string,
      kind: string,
      namespace: string,
    ): ReflectorObserver {
      const of = { cluster, kind, namespace };
      return {
        listed: () => lists.add(1, of),
        failed: reason => failures.add(1, { ...of, reason }),
      };
    },

    async authorizing<T>(run: () => Promise<T>): Promise<T> {
      const began = clock.monotonic();
      try {
        return await run();
      } finally {
        authorize.record((clock.monotonic() - began) / 1000);
      }
    },

    /** The same store, whose errors are counted. */
    counted(store: ArtifactStore): ArtifactStore {
      const count =
        (operation: 'stat' | 'read') =>
        (error: unknown): never => {
          artifactErrors.add(1, { operation });
          throw error;
        };
      return {
        bucket: store.bucket,
        stat: key => store.stat(key).catch(count('stat')),
        read: (key, start, length) =>
          store.read(key, start, length).catch(count('read')),
      };
    },
  };
}

export type PortalMetrics = ReturnType<typeof portalMetrics>;
