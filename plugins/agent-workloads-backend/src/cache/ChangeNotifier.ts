import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  SIGNAL_CHANNEL,
  type RunRef,
} from '@agentic/backstage-plugin-agent-workloads-common';
import type { SignalsService } from '@backstage/plugin-signals-node';

/** A reflector's first list is thousands of changes, and nobody waits for each of them. */
const MANY = 50;

/**
 * Tells clients that something changed, not what: every signal reaches every client, whatever its rights.
 * Changes of `interval` milliseconds go out together, one notice a run; from {@link MANY} on, one for all.
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
    const messages =
      refs.length > MANY
        ? [{ cluster: '', namespace: '', name: '' }]
        : refs.map(({ cluster, namespace, name }) => ({
            cluster,
            namespace,
            name,
          }));
    for (const message of messages) {
      this.signals
        .publish({
          channel: SIGNAL_CHANNEL,
          recipients: { type: 'broadcast' },
          message,
        })
        .catch(error => {
          this.logger.warn(`A change notice could not be sent: ${error}`);
        });
    }
  }
}
