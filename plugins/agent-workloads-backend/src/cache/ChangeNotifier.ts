import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  SIGNAL_CHANNEL,
  type RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { SignalsService } from '@backstage/plugin-signals-node';

/**
 * Tells the people who may read a run that it changed, never what of it: any client may listen to any channel.
 * Changes of `interval` milliseconds are gathered to one notice a run.
 */
export class ChangeNotifier {
  private readonly pending = new Map<string, RunRef>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly signals: SignalsService,
    private readonly logger: LoggerService,
    /** Catalog references of those who read here and may read that run. */
    private readonly readersOf: (ref: RunRef) => Promise<string[]>,
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
    for (const ref of refs) {
      this.tell(ref).catch(error => {
        this.logger.warn(`A change notice could not be sent: ${error}`);
      });
    }
  }

  private async tell(ref: RunRef): Promise<void> {
    const { cluster, namespace, name } = ref;
    const entityRef = await this.readersOf(ref);
    if (entityRef.length > 0) {
      await this.signals.publish({
        channel: SIGNAL_CHANNEL,
        recipients: { type: 'user', entityRef },
        message: { cluster, namespace, name },
      });
    }
  }
}
