import type { LoggerService } from '@backstage/backend-plugin-api';
import { refusal } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { NotFoundError } from '@backstage/errors';
import type { AgentApproval } from '@agentworkloads/api';
import type {
  ClusterState,
  RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { AgentWorkloadsClusters } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import type { WatchState } from '../metrics/portalMetrics';
import type { Place } from '../permissions';
import type { ScheduleEntry } from '../schedules/entry';
import type { KnownRuns } from '../runs/openAgain';
import { RunIndex } from '../runs/RunIndex';
import type { RunWorkflow } from '../runs/readWorkflow';
import {
  ClusterCache,
  type Part,
  type ReflectorTools,
  type RunEntry,
} from './ClusterCache';

/** A run with all that is known about it. */
export interface Run extends RunEntry {
  workflow?: RunWorkflow;
  approvals: AgentApproval[];
}

/** Runs of all clusters, from their caches. */
export class RunStore {
  private readonly caches: Map<string, ClusterCache>;
  /** The runs of all clusters as lists ask for them. */
  readonly index = new RunIndex();

  constructor(
    clusters: AgentWorkloadsClusters,
    logger: LoggerService,
    changed: (ref: RunRef) => void,
    tools: ReflectorTools,
    /** What the account of a cluster lacks, by the cluster's name. */
    private readonly accounts: ReadonlyMap<string, string> = new Map(),
  ) {
    this.caches = new Map(
      clusters
        .list()
        .map(cluster => [
          cluster.name,
          new ClusterCache(
            cluster,
            clusters.identity,
            logger.child({ cluster: cluster.name }),
            changed,
            tools,
            this.index,
          ),
        ]),
    );
  }

  start(): void {
    this.caches.forEach(cache => cache.start());
  }

  stop(): void {
    this.caches.forEach(cache => cache.stop());
  }

  /** @param problems - why one reader is shown nothing of a cluster, by its name */
  states(
    problems: ReadonlyMap<string, string> = new Map(),
    part: Part = 'runs',
  ): ClusterState[] {
    return [...this.caches.values()]
      .map(cache => cache.getState(part))
      .map(state => {
        const error = state.error ?? problems.get(state.name);
        const lacks = this.accounts.get(state.name);
        return {
          ...state,
          ...(error === undefined ? {} : { error }),
          ...(lacks === undefined ? {} : { lacks }),
        };
      });
  }

  /** How well each kind is followed. */
  watches(): WatchState[] {
    return [...this.caches.values()].flatMap(cache => cache.watches());
  }

  /** Where there are runs. */
  places(): Place[] {
    return this.index.places();
  }

  /** Where there are schedules. */
  schedulePlaces(): Place[] {
    return placesOf(this.schedules());
  }

  schedules(): ScheduleEntry[] {
    return [...this.caches.values()].flatMap(cache => cache.schedules());
  }

  entries(): RunEntry[] {
    return [...this.caches.values()].flatMap(cache => cache.entries());
  }

  find(ref: RunRef): Run | undefined {
    const cache = this.caches.get(ref.cluster);
    const entry = cache?.get(ref.namespace, ref.name);
    return (
      entry &&
      cache && {
        ...entry,
        workflow: cache.workflowOf(entry.item.uid),
        approvals: cache.approvalsOf(entry.item.uid),
      }
    );
  }

  /** What speaks for and against opening a run of a cluster again. */
  known(cluster: string): KnownRuns {
    const cache = this.caches.get(cluster);
    return {
      approvalsOf: uid => cache?.approvalsOf(uid) ?? [],
      runs: () => cache?.entries() ?? [],
    };
  }

  approvalsOf(cluster: string, workloadUid: string): AgentApproval[] {
    return this.caches.get(cluster)?.approvalsOf(workloadUid) ?? [];
  }

  /** @throws NotFoundError */
  get(ref: RunRef): Run {
    const run = this.find(ref);
    if (run) {
      return run;
    }
    throw this.unknown(ref);
  }

  /** The same for what is not there and for one that somebody may not know of. */
  unknown(ref: RunRef, part: Part = 'runs'): NotFoundError {
    const state = this.caches.get(ref.cluster)?.getState(part);
    const why =
      state?.error ?? (state && !state.synced ? 'not read yet' : undefined);
    const { cluster, namespace, name } = ref;
    const known = { cluster, namespace, name };
    const isRun = part === 'runs';
    return why
      ? refusal(NotFoundError, isRun ? 'runNotKnown' : 'scheduleNotKnown', {
          ...known,
          why,
        })
      : refusal(
          NotFoundError,
          isRun ? 'runNotFound' : 'scheduleNotFound',
          known,
        );
  }
}

function placesOf(entries: readonly { item: Place }[]): Place[] {
  const places = new Map(
    entries.map(({ item: { cluster, namespace } }) => [
      `${cluster}/${namespace}`,
      { cluster, namespace },
    ]),
  );
  return [...places.values()];
}
