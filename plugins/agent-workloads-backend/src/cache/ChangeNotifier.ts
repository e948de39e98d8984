import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  SIGNAL_CHANNEL,
  type RunRef,
} from '@agentic/backstage-plugin-agent-workloads-common';
import type { SignalsService } from '@backstage/plugin-signals-node';

/**
 * Tells clients that something changed, not what: every signal reaches every client, whatever its rights.
 * Changes of `interval` milliseconds are gathered to one notice a run.
 */
export class ChangeNotifier {
  private readonly pending = new Map<string, RunRef>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly signals: SignalsService,
    private readonly logger: LoggerService,
    private readonly interval = 300,
  ) {}

  notify(ref: RunRef): void {
    this.pending.set(`${ref.cluster}/${ref.namespace}/${ref.name}`, ref);
    this.timer ??= setTimeout(() => this.flush(), this.interval);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private flush(): void {
    this.timer = undefined;
    const refs = [...this.pending.values()];
    this.pending.clear();
    for (const { cluster, namespace, name } of refs) {
      this.signals
        .publish({
          channel: SIGNAL_CHANNEL,
          recipients: { type: 'broadcast' },
          message: { cluster, namespace, name },
        })
        .catch(error => {
          this.logger.warn(`A change notice could not be sent: ${error}`);
        });
    }
  }
}
