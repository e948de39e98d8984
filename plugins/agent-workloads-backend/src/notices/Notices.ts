import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { toResourceRef } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { LRUCache } from 'lru-cache';
import type { NoticeLog } from './NoticeLog';
import type { Notice } from './noticesOf';
import type { FindRecipients } from './recipients';
import type { NameOf } from './words';

/** Clocks of cluster and portal may differ by so much. */
const SKEW_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** Older news are none: the pages have them. */
const FRESH_MS = 2 * DAY_MS;
/** Longer than the shipped policy lets a gate be open. */
const KEPT_MS = 60 * DAY_MS;
/** What is refused so often is tried once an hour from then on, as long as it is news. */
const TRIES = 5;
const HOUR_MS = 60 * 60_000;
/** How soon it is asked again who may hear of what nobody could be told. */
const NOBODY_MS = 5 * 60_000;

/** As where the notifications' backend is not part of the portal; its client tells no more than these words. */
const isNotInstalled = (error: unknown) => /status 404\b/.test(String(error));

/** @param finishedAt RFC 3339; absent while the run goes on */
export function mayBeNews(finishedAt: string | undefined, now: number) {
  return finishedAt === undefined || Date.parse(finishedAt) > now - FRESH_MS;
}

export interface NoticesOptions {
  /** What is to have been told of this run by now, oldest first. */
  find(ref: RunRef): Notice[];
  /** Runs of which there may be something to tell. */
  runs(): Iterable<RunRef>;
  /** Names of people of the catalog, by their Kubernetes names. */
  names(usernames: readonly string[]): Promise<NameOf>;
  recipients: FindRecipients;
  log: NoticeLog;
  notifications: NotificationService;
  logger: LoggerService;
  /** Milliseconds since the epoch. */
  now(): number;
  /** A gate that the policy passes is open for a moment only; nobody should be called for that. */
  graceMs?: number;
  /** How often it looks for what has become due, or was missed. */
  everyMs?: number;
}

/**
 * Tells people of gates and ends through the portal's notifications, each once: whatever is restarted, and however many
 * replicas look. One that ends between a notice and the record of it leaves that to the next one, which sends it again to the same
 * scope: it takes the place of itself. A portal without notifications is as good as before.
 */
export class Notices {
  /** Known to have been told, so that the database is not asked at each look. */
  private readonly told = new LRUCache<string, true>({ max: 50_000 });
  /** What is looked at again, when, and how often it was refused: refused ones, those of nobody, and those that another replica has. */
  private readonly later = new LRUCache<
    string,
    { count: number; nextAt: number }
  >({ max: 1_000 });
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private looking: NodeJS.Timeout | undefined;
  private since: number | undefined;
  private forgetsAt = 0;
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly options: NoticesOptions) {}

  start(): void {
    this.looking = setInterval(
      () => this.lookAgain(),
      this.options.everyMs ?? 60_000,
    );
    this.looking.unref();
  }

  stop(): Promise<void> {
    clearInterval(this.looking);
    this.timers.forEach(timer => clearTimeout(timer));
    this.timers.clear();
    return this.work;
  }

  changed(ref: RunRef): void {
    const key = toResourceRef(ref);
    if (this.timers.has(key) || this.news(ref).length === 0) {
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(key);
      this.tell([ref]);
    }, this.options.graceMs ?? 2_000);
    timer.unref();
    this.timers.set(key, timer);
  }

  /** What became due since, what could not be sent, and what a portal that was down missed. */
  lookAgain(): void {
    // What changed just now has its own timer: the policy may pass that gate in a moment.
    const refs = [...this.options.runs()].filter(
      ref => !this.timers.has(toResourceRef(ref)) && this.news(ref).length > 0,
    );
    this.tell(refs);
    const now = this.options.now();
    if (now < this.forgetsAt) return;
    this.forgetsAt = now + HOUR_MS;
    this.next(() => this.options.log.forgetBefore(now - KEPT_MS));
  }

  private tell(refs: readonly RunRef[]): void {
    for (const ref of refs) {
      this.next(() => this.tellOf(ref));
    }
  }

  /** One after the other, so that a gate is never said to be decided before it is said to wait. */
  private next(work: () => Promise<void>): void {
    this.work = this.work.then(work).catch(error => {
      this.options.logger.warn(
        `Notifications could not be sent; they are tried again: ${error}`,
      );
    });
  }

  /** Without those that are known to have been told, to be too old, or to be refused now. */
  private news(ref: RunRef): Notice[] {
    const now = this.options.now();
    return this.options
      .find(ref)
      .filter(
        ({ key, at }) =>
          at >= now - FRESH_MS &&
          !this.told.has(key) &&
          (this.later.get(key)?.nextAt ?? now) <= now,
      );
  }

  private async tellOf(ref: RunRef): Promise<void> {
    const { log, now } = this.options;
    this.since ??= await log.since();
    for (const notice of this.news(ref)) {
      const { key, at, after } = notice;
      const isNews = at >= this.since - SKEW_MS;
      const isHeard =
        after === undefined || this.told.has(after) || (await log.has(after));
      const isDue = isNews && isHeard;
      if (isDue && !(await log.claim(key, now()))) await this.leaveToOther(key);
      else if (!isDue || (await this.send(notice))) this.told.set(key, true);
    }
  }

  /** Another replica has it, and may give it back where nobody could be told: it is looked at once more. */
  private async leaveToOther(key: string): Promise<void> {
    if (await this.options.log.isSent(key)) {
      this.told.set(key, true);
      return;
    }
    const nextAt = this.options.now() + NOBODY_MS;
    this.later.set(key, { count: 0, nextAt });
  }

  /** A catalog that is just starting knows of nobody: whoever is found later hears of it as long as it is news. */
  private async askAgain(
    { key }: Notice,
    logger: LoggerService,
  ): Promise<void> {
    if (!this.later.has(key)) {
      logger.info(
        `Nobody is told of ${key} yet: no member of the mapped groups is known who may decide it`,
      );
    }
    const nextAt = this.options.now() + NOBODY_MS;
    this.later.set(key, { count: 0, nextAt });
    await this.options.log.release(key);
  }

  /** @returns whether that is all there is to do */
  private async send(notice: Notice): Promise<boolean> {
    const { log, logger, names, notifications, recipients } = this.options;
    try {
      const entityRef = await recipients(notice.to);
      if (entityRef.length === 0) {
        await this.askAgain(notice, logger);
        return false;
      }
      const payload = notice.write(await names(notice.people));
      await notifications.send({
        recipients: { type: 'entity', entityRef },
        payload,
      });
    } catch (error) {
      const count = (this.later.get(notice.key)?.count ?? 0) + 1;
      const now = this.options.now();
      const nextAt = count < TRIES ? now : now + HOUR_MS;
      this.later.set(notice.key, { count, nextAt });
      if (count >= TRIES && isNotInstalled(error)) {
        this.options.logger.warn(
          `This portal has no notifications; one was refused ${count} times and is given up: ${error}`,
        );
      } else {
        await log.release(notice.key);
        throw error;
      }
    }
    await this.recordSent(notice);
    return true;
  }

  /** Apart from the sending: what was sent is not to be sent again because it could not be written down. */
  private async recordSent({ key }: Notice): Promise<void> {
    try {
      await this.options.log.sent(key);
    } catch (error) {
      this.options.logger.warn(
        `It could not be recorded that ${key} is told; a portal that starts anew may tell it again: ${error}`,
      );
    }
  }
}
