import { BoundedMap } from '../bounded-map';
import { createHash } from 'node:crypto';
import {
  apiStatus,
  type Clock,
  type EventNote,
  type EventRecorder,
  type EventTarget,
  type KubeClient,
  type Logger,
  type ResourceKind,
} from '../ports';

const EVENTS: ResourceKind = {
  group: 'events.k8s.io',
  version: 'v1',
  plural: 'events',
};
/** The same event again within this time is counted on the first one. */
const SERIES_MS = 10 * 60_000;
/** Between two writes of one count. */
const COUNT_EVERY_MS = 60_000;
const REMEMBERED = 2_000;

interface Series {
  name: string;
  count: number;
  firstAt: number;
  writtenAt: number;
}

/** Events that wait to be sent; what comes beyond is dropped, and counted. */
const WAITING = 1_000;
const SAY_DROPPED_EVERY_MS = 60_000;

interface Waiting {
  target: EventTarget;
  event: EventNote;
  at: number;
}

/**
 * `events.k8s.io/v1`, one object for events that say the same. They are sent one after the other,
 * beside the work: a slow Events API delays no run. A lost event is logged, no more.
 */
export class KubernetesEventRecorder implements EventRecorder {
  private readonly known = new BoundedMap<string, Series>(REMEMBERED);
  private readonly waiting: Waiting[] = [];
  private sending: Promise<void> | undefined;
  private dropped = 0;
  private saidAt = -Infinity;

  constructor(
    private readonly client: KubeClient,
    private readonly options: {
      clock: Clock;
      logger: Logger;
      /** Name of this process, for `reportingInstance`. */
      instance: string;
    },
  ) {}

  /** How many were dropped since the process began, for want of room. */
  get droppedCount(): number {
    return this.dropped;
  }

  record(target: EventTarget, event: EventNote): void {
    if (this.waiting.length >= WAITING) {
      this.drop();
      return;
    }
    this.waiting.push({ target, event, at: this.options.clock.now() });
    this.sending ??= this.send().finally(() => (this.sending = undefined));
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.sending) await this.sending;
  }

  private drop(): void {
    const { clock, logger } = this.options;
    this.dropped += 1;
    if (clock.monotonic() - this.saidAt < SAY_DROPPED_EVERY_MS) return;
    this.saidAt = clock.monotonic();
    logger.warn(
      { dropped: this.dropped, waiting: this.waiting.length },
      'events are dropped: the API server takes them too slowly',
    );
  }

  private async send(): Promise<void> {
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      await this.sendOne(next);
    }
  }

  private async sendOne({ target, event, at }: Waiting): Promise<void> {
    const id = JSON.stringify([target.uid, event]);
    const series = this.known.get(id);
    try {
      if (series && at - series.firstAt < SERIES_MS) {
        await this.count(target, series, at);
      } else {
        await this.create(target, event, id, at);
      }
    } catch (error) {
      // It may have expired on the server, or never have been there: the next one begins anew.
      if (apiStatus(error) === 404) this.known.delete(id);
      this.options.logger.warn(
        { err: error, reason: event.reason, workload: target.name },
        'event not recorded',
      );
    }
  }

  private async create(
    target: EventTarget,
    event: EventNote,
    id: string,
    now: number,
  ): Promise<void> {
    const hash = createHash('sha256').update(`${id} ${now}`).digest('hex');
    const name = `${target.name.slice(0, 200)}.${hash.slice(0, 16)}`;
    await this.client.create(EVENTS, target.namespace, {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { name, namespace: target.namespace },
      type: event.type,
      reason: event.reason,
      // The API server refuses notes of more than 1 KiB.
      note: truncateUtf8(event.note, 1000),
      action: 'Reconcile',
      eventTime: micros(now),
      reportingController: 'agentworkloads.io/operator',
      reportingInstance: this.options.instance.slice(0, 128),
      regarding: target,
    });
    this.known.set(id, { name, count: 1, firstAt: now, writtenAt: now });
  }

  private async count(
    target: EventTarget,
    series: Series,
    now: number,
  ): Promise<void> {
    series.count += 1;
    if (now - series.writtenAt < COUNT_EVERY_MS) return;
    series.writtenAt = now;
    await this.client.patch(EVENTS, target.namespace, series.name, {
      type: 'merge',
      body: { series: { count: series.count, lastObservedTime: micros(now) } },
    });
  }
}

/** metav1.MicroTime. */
function micros(ms: number): string {
  return new Date(ms).toISOString().replace(/(\.\d{3})Z$/, '$1000Z');
}

function truncateUtf8(text: string, bytes: number): string {
  const encoded = Buffer.from(text);
  if (encoded.length <= bytes) return text;
  // A character that was cut in two decodes to U+FFFD at the end.
  return encoded
    .subarray(0, bytes)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
}
