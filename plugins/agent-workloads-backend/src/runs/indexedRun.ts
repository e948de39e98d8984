import { pageIdentity } from '@agentworkloads/api';
import type { RunListItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { RunEntry } from '../cache/ClusterCache';
import { scheduleKeyOf } from '../schedules/key';

/** Addresses of a run may be 64 KiB: what is longer is made small at each search, not held twice. */
const LONGEST_HELD = 4_096;

const lower = (text: string) => text.toLowerCase();

/** A run with what lists ask of it, made once a change. */
export class IndexedRun {
  readonly item: RunListItem;
  /** Later runs have greater ones; no two runs have the same. */
  readonly id: string;
  /** What permission rules look at, but the run's name. */
  readonly class: string;
  /** In lower case. */
  readonly entityRef: string | undefined;
  /** Whose run it is: see `scheduleKeyOf`. */
  readonly schedule: string | undefined;
  /** When it began; of one that has not begun, when it was made. Milliseconds since the epoch. */
  readonly startedMs: number;
  private readonly text: string;
  private readonly addresses: string | undefined;
  private pages: ReadonlySet<string> | undefined;

  constructor(readonly entry: RunEntry) {
    const { item, workload, resource } = entry;
    this.item = item;
    this.id = `${item.createdAt}/${item.uid}/${item.cluster}`;
    this.class = JSON.stringify([
      resource.cluster,
      resource.namespace,
      resource.requesterRef ?? null,
      resource.fourEyes,
    ]);
    this.entityRef = item.entityRef && lower(item.entityRef);
    this.schedule = scheduleKeyOf(item.cluster, workload);
    this.startedMs = Date.parse(item.startedAt ?? item.createdAt);
    const { name, objective, requestedBy = '', phase } = item;
    this.text = lower(
      [name, objective, this.entityRef ?? '', requestedBy, phase].join('\n'),
    );
    const { targetUrls } = workload.spec;
    const length = targetUrls.reduce((sum, url) => sum + url.length, 0);
    this.addresses =
      length > LONGEST_HELD ? undefined : lower(targetUrls.join('\n'));
  }

  /** @param words - in lower case */
  says(words: string): boolean {
    return this.text.includes(words) || this.written().includes(words);
  }

  /** @param page - see `pageIdentity` */
  visits(page: string): boolean {
    this.pages ??= new Set(
      this.entry.workload.spec.targetUrls.map(pageIdentity),
    );
    return this.pages.has(page);
  }

  /** Milliseconds; a run that has not begun sorts before those that have. */
  durationAt(now: number): number {
    const { startedAt, finishedAt } = this.item;
    if (!startedAt) return -1;
    return (finishedAt ? Date.parse(finishedAt) : now) - Date.parse(startedAt);
  }

  private written(): string {
    return (
      this.addresses ?? lower(this.entry.workload.spec.targetUrls.join('\n'))
    );
  }
}
