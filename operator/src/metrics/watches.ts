import type { ReflectorObserver } from '@agentworkloads/kube';
import { Counter, Gauge, type Registry } from 'prom-client';

/** What is known of a reflector. */
export interface Watched {
  readonly synced: boolean;
  readonly silentForMs: number;
  readonly failing: string | undefined;
}

/** Of a cluster that is watched as a whole. */
const ALL = '';

/** How well the kinds are followed. A namespace is empty where all are followed at once. */
export function watchMetrics(registry: Registry) {
  const registers = [registry];
  const labelNames = ['kind', 'workload_namespace'] as const;
  const watched: {
    labels: Record<(typeof labelNames)[number], string>;
    watch: Watched;
  }[] = [];
  const lists = new Counter({
    name: 'agentworkloads_watch_lists_total',
    help: 'Whole lists that were read; all after the first are relists.',
    labelNames,
    registers,
  });
  const failures = new Counter({
    name: 'agentworkloads_watch_failures_total',
    help: 'Lists and watches that failed; relist: a new list had to follow.',
    labelNames: [...labelNames, 'reason'],
    registers,
  });
  const read = (name: string, help: string, of: (watch: Watched) => number) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        for (const { labels, watch } of watched) this.set(labels, of(watch));
      },
    });
  read(
    'agentworkloads_watch_silent_seconds',
    'Since the API server last said anything of a kind. Bookmarks come once a minute, so a minute and a half is much.',
    ({ silentForMs }) => silentForMs / 1000,
  );
  read(
    'agentworkloads_watch_failing',
    '1 while a kind cannot be followed; the log and /readyz say why.',
    ({ failing }) => (failing === undefined ? 0 : 1),
  );
  read(
    'agentworkloads_watch_synced',
    '1 once a whole list of the kind was read.',
    ({ synced }) => (synced ? 1 : 0),
  );
  return {
    observer(kind: string, namespace = ALL): ReflectorObserver {
      const labels = { kind, workload_namespace: namespace };
      lists.inc(labels, 0);
      return {
        listed: () => lists.inc(labels),
        failed: reason => failures.inc({ ...labels, reason }),
      };
    },
    follow(kind: string, namespace: string, watch: Watched): void {
      watched.push({ labels: { kind, workload_namespace: namespace }, watch });
    },
  };
}
