import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { LRUCache } from 'lru-cache';
import type { Notice } from './noticeOf';

/** Clocks of cluster and portal may differ by so much. */
const SKEW_MS = 60_000;

/**
 * Tells people of gates and ends through the portal's notifications, each once. What happened before the start stays
 * untold: after a restart it would be told again. A portal without notifications is as good as before.
 */
export class Notices {
  private readonly told = new LRUCache<string, true>({ max: 20_000 });
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly options: {
      /** What is to be told of this run now. */
      find(ref: RunRef): Notice | undefined;
      notifications: NotificationService;
      logger: LoggerService;
      /** Milliseconds since the epoch. */
      startedAt: number;
      /** A gate that the policy passes is open for a moment only; nobody should be called for that. */
      graceMs?: number;
    },
  ) {}

  changed(ref: RunRef): void {
    const notice = this.news(ref);
    if (notice && !this.timers.has(notice.key)) {
      const timer = setTimeout(() => {
        this.timers.delete(notice.key);
        this.tell(ref, notice.key);
      }, this.options.graceMs ?? 2_000);
      timer.unref();
      this.timers.set(notice.key, timer);
    }
  }

  stop(): void {
    this.timers.forEach(timer => clearTimeout(timer));
    this.timers.clear();
  }

  private news(ref: RunRef): Notice | undefined {
    const notice = this.options.find(ref);
    const fresh =
      notice && Date.parse(notice.at) >= this.options.startedAt - SKEW_MS;
    return fresh && !this.told.has(notice.key) ? notice : undefined;
  }

  private tell(ref: RunRef, key: string): void {
    const notice = this.news(ref);
    if (notice?.key !== key) {
      return;
    }
    this.told.set(key, true);
    this.options.notifications.send(notice.send).catch(error => {
      this.options.logger.warn(
        `A notification about ${ref.namespace}/${ref.name} could not be sent: ${error}`,
      );
    });
  }
}
