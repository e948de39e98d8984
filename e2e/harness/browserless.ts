import { type Cluster, SERVICES } from './cluster';
import { eventually } from './runs';

const NAME = 'browserless';
/** CONCURRENT and QUEUED of deploy/shared-services/browserless.yaml. */
const PLACES = 4 + 8;

/** The browser service of a cluster, from its own API and from outside of its pod. */
export class BrowserService {
  private readonly visitors: WebSocket[] = [];

  constructor(private readonly cluster: Cluster) {}

  async running(): Promise<number> {
    return (await this.pressure()).running;
  }

  /** Takes every place: whoever comes next is answered 429. */
  async fill(): Promise<void> {
    const { host, token } = await this.address();
    for (let taken = 0; taken < PLACES; taken += 1) {
      const visitor = new WebSocket(`ws://${host}/chromium?token=${token}`);
      // Cut off at the end, which is what is wanted.
      visitor.addEventListener('error', () => undefined);
      this.visitors.push(visitor);
    }
    await eventually(
      'the browser service to be full',
      async () => !(await this.pressure()).isAvailable,
    );
  }

  leave(): void {
    for (const visitor of this.visitors.splice(0)) visitor.close();
  }

  /** Its processes are killed, not asked to end. */
  async crash(): Promise<void> {
    const { kube } = this.cluster;
    const selector = `app.kubernetes.io/name=${NAME}`;
    for (const { metadata } of await kube.list('pods', selector, SERVICES)) {
      await kube.request(
        'DELETE',
        `/api/v1/namespaces/${SERVICES}/pods/${metadata.name}`,
        { body: { gracePeriodSeconds: 0 } },
      );
    }
  }

  private async pressure(): Promise<{
    running: number;
    queued: number;
    isAvailable: boolean;
  }> {
    const { host, token } = await this.address();
    const answer = await fetch(`http://${host}/pressure`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return ((await answer.json()) as { pressure: never }).pressure;
  }

  private async address(): Promise<{ host: string; token: string }> {
    const { TOKEN: token } = await this.cluster.secret('browserless-token');
    return { host: `${await this.cluster.ipOf(NAME)}:3000`, token };
  }
}
