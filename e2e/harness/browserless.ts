import { type Cluster, SERVICES } from './cluster';
import { eventually } from './runs';

const NAME = 'browserless';
const SELECTOR = `app.kubernetes.io/name=${NAME}`;

/** The browser service of a cluster, one session a pod: from its own API and from outside of its pods. */
export class BrowserService {
  private readonly visitors: WebSocket[] = [];

  constructor(private readonly cluster: Cluster) {}

  /** How many sessions are open in all pods. */
  async running(): Promise<number> {
    const { hosts, token } = await this.addresses();
    const each = await Promise.all(hosts.map(host => pressureOf(host, token)));
    return each.reduce((sum, { running }) => sum + running, 0);
  }

  /** Takes every place: whoever comes next is answered 429. */
  async fill(): Promise<void> {
    const { hosts, token } = await this.addresses();
    for (const host of hosts) {
      const visitor = new WebSocket(`ws://${host}/chromium?token=${token}`);
      // Cut off at the end, which is what is wanted.
      visitor.addEventListener('error', () => undefined);
      this.visitors.push(visitor);
    }
    await eventually('the browser service to be full', async () => {
      const each = await Promise.all(
        hosts.map(host => pressureOf(host, token)),
      );
      return each.every(({ isAvailable }) => !isAvailable);
    });
  }

  leave(): void {
    for (const visitor of this.visitors.splice(0)) visitor.close();
  }

  /** Its processes are killed, not asked to end. */
  async crash(): Promise<void> {
    const { kube } = this.cluster;
    for (const { metadata } of await kube.list('pods', SELECTOR, SERVICES)) {
      await kube.request(
        'DELETE',
        `/api/v1/namespaces/${SERVICES}/pods/${metadata.name}`,
        { body: { gracePeriodSeconds: 0 } },
      );
    }
  }

  private async addresses(): Promise<{ hosts: string[]; token: string }> {
    const { TOKEN: token } = await this.cluster.secret('browserless-token');
    const pods = await this.cluster.kube.list('pods', SELECTOR, SERVICES);
    const hosts = pods
      .filter(({ metadata }) => !metadata.deletionTimestamp)
      .map(({ status }) => `${String(status?.podIP)}:3000`);
    return { hosts, token };
  }
}

async function pressureOf(
  host: string,
  token: string,
): Promise<{ running: number; queued: number; isAvailable: boolean }> {
  const answer = await fetch(`http://${host}/pressure`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return ((await answer.json()) as { pressure: never }).pressure;
}
