import {
  connect,
  HttpKubeClient,
  resolveAccess,
  type KubeConnection,
  type KubernetesObject,
} from '@agentworkloads/kube';
import { FakeApiServer, type FakeObject } from '@agentworkloads/kube/testing';

interface Named {
  namespace?: string;
  name: string;
}

interface Kind {
  plural: string;
}

/** An API server, the engine's way to it, and what other people do there. */
export class TestCluster {
  readonly server = new FakeApiServer();
  private connection: KubeConnection | undefined;

  /** @returns the engine's client */
  async open(): Promise<HttpKubeClient> {
    const url = await this.server.start();
    this.connection = connect(
      resolveAccess(
        { kind: 'url', url, skipTLSVerify: false },
        { programs: 'refuse' },
      ),
    );
    return new HttpKubeClient(this.connection, { name: 'workflow-engine' });
  }

  /** The API server is gone for a while, and comes back where it was with what it had. */
  async beAwayFor(ms: number): Promise<void> {
    const port = Number(new URL(this.server.url()).port);
    await this.server.stop();
    await new Promise(resolve => setTimeout(resolve, ms));
    await this.server.start({ port });
  }

  async close(): Promise<void> {
    await this.connection?.close();
    await this.server.stop();
  }

  create({ plural }: Kind, object: KubernetesObject): FakeObject {
    const { namespace = '' } = object.metadata;
    return this.server.create(plural, namespace, object);
  }

  get({ plural }: Kind, { namespace = '', name }: Named) {
    return this.server.find(plural, namespace, name);
  }

  list({ plural }: Kind): FakeObject[] {
    return this.server.list(plural);
  }

  edit(
    { plural }: Kind,
    { namespace = '', name }: Named,
    change: (object: FakeObject) => void,
  ): void {
    this.server.change(plural, namespace, name, change);
  }

  remove({ plural }: Kind, { namespace = '', name }: Named): void {
    this.server.delete(plural, namespace, name);
  }
}
