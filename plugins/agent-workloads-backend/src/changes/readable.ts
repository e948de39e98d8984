import type { ChangeItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { IdentityMapper } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import type { Place, WorkloadResource } from '../permissions';
import type {
  ChangeKey,
  ChangeLog,
  ChangesFilter,
  Position,
  StoredChange,
  StoredRun,
} from './ChangeLog';
import { changeOf, type CompletedRun } from './rows';

/** What one reader may see of the log. */
export interface Reader {
  /** Entity reference. */
  userRef: string;
  /** Namespaces in which the cluster lets them read runs. */
  places: readonly Place[];
  /** Whether the portal's policy shows them this run's report. */
  may(resource: WorkloadResource): boolean;
}

/** The policy's rules are no part of the query, so what they refuse is read and left out: up to so many rows a page. */
const MOST_LEFT_OUT = 5_000;
const AT_ONCE = 500;
/** Of the runs that are asked whether anything was taken in at all. */
const RUNS_LOOKED_AT = 500;

/** What the permission rules look at, also when the run's object is gone. */
export function resourceOf(
  run: CompletedRun,
  identity: IdentityMapper,
): WorkloadResource {
  const { cluster, namespace, name, requestedBy, fourEyes } = run;
  return {
    cluster,
    namespace,
    name,
    requesterRef: requestedBy ? identity.userRef(requestedBy) : undefined,
    fourEyes,
  };
}

/** The log as one reader sees it. */
export class ReadableChanges {
  constructor(
    private readonly log: Pick<
      ChangeLog,
      'find' | 'page' | 'runOfWorkflow' | 'runs'
    >,
    private readonly identity: IdentityMapper,
    private readonly reader: Reader,
  ) {}

  /** @returns `next` is there unless this is the end; a page may be short before it where the policy leaves much out */
  async page(
    filter: ChangesFilter,
    limit: number,
    after?: Position,
  ): Promise<{ items: StoredChange[]; next?: Position }> {
    const items: StoredChange[] = [];
    let at = after;
    let size = limit + 1;
    for (let seen = 0; seen <= MOST_LEFT_OUT; seen += size, size = AT_ONCE) {
      const rows = await this.log.page(this.reader, filter, size, at);
      for (const row of rows) {
        if (this.mayRead(row.run)) {
          if (items.length === limit) return { items, next: at };
          items.push(row);
        }
        at = row.at;
      }
      if (rows.length < size) return { items };
    }
    return { items, next: at };
  }

  /** Whether any run of those that they may read was taken in, changed or not. */
  async hasRuns(): Promise<boolean> {
    const runs = await this.log.runs(this.reader.places, RUNS_LOOKED_AT);
    return runs.some(run => this.mayRead(run));
  }

  /** @returns undefined also where they may not read it: they are not told that it is there */
  async find(key: ChangeKey): Promise<StoredChange | undefined> {
    const found = await this.log.find(this.reader, key);
    return found && this.mayRead(found.run) ? found : undefined;
  }

  /** The run of a Workflow in the place of another, where they may read both. */
  async runOfWorkflow(
    { cluster, namespace }: Place,
    workflowUid: string,
  ): Promise<StoredRun | undefined> {
    const place = this.reader.places.filter(
      one => one.cluster === cluster && one.namespace === namespace,
    );
    const found = await this.log.runOfWorkflow(place, workflowUid);
    return found && this.mayRead(found) ? found : undefined;
  }

  private mayRead(run: StoredRun): boolean {
    return this.reader.may(resourceOf(run, this.identity));
  }
}

const iso = (ms: number) => new Date(ms).toISOString();

/** @param userRef the reader's */
export function toItem(
  { run, columns, marks }: StoredChange,
  userRef: string,
): ChangeItem {
  const { cluster, namespace, name, uid, completedAt, takenInAt, baseline } =
    run;
  const { seenAt, wrong } = marks;
  return {
    run: { cluster, namespace, name },
    workloadUid: uid,
    position: columns.position,
    completedAt: iso(completedAt),
    takenInAt: iso(takenInAt),
    objective: run.objective,
    entityRef: run.entityRef,
    comparedWith: baseline?.name,
    comparedWithWorkflowUid: baseline?.workflowUid,
    company: columns.company,
    host: columns.host,
    class: columns.class,
    change: changeOf(columns),
    seenAt: seenAt === undefined ? undefined : iso(seenAt),
    wrong: wrong && {
      by: wrong.by,
      at: iso(wrong.at),
      reason: wrong.reason,
      mine: wrong.by === userRef,
    },
  };
}
