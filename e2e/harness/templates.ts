import { setTimeout as sleep } from 'node:timers/promises';
import { type Kube, KubeError } from './kube';
import { SERVICES } from './cluster';

interface EnvVar {
  name: string;
  value?: string;
  valueFrom?: unknown;
}
interface SecretKey {
  name: string;
  key: string;
}
interface StepTemplate {
  name: string;
  container?: { env?: EnvVar[] };
}

const SHIPPED = 'competitor-scrape';
/** Argo's controller reads templates from its own watch. A Workflow that comes before that ends at once: "not found". Milliseconds. */
const UNTIL_ARGO_KNOWS = 2000;
const SERVICE_PATH = `/api/v1/namespaces/${SERVICES}/services`;

/**
 * What a test tells the steps of its own runs, without a word to anybody else's: copies of the shipped
 * WorkflowTemplate, and Services that nothing stands behind.
 */
export class OwnTemplates {
  private readonly made: string[] = [];
  private readonly services: string[] = [];

  constructor(private readonly kube: Kube) {}

  /**
   * The shipped template with other settings for its steps.
   * @param name one of those that scripts/generate.mjs puts into policy start's data, without `e2e-`
   * @returns what goes into a workload's spec
   */
  async make(
    name: string,
    settings: Record<string, string | { secretKeyRef: SecretKey }>,
  ): Promise<{ workflowTemplateRef: { name: string } }> {
    const shipped = await this.kube.get('workflowtemplates', SHIPPED);
    const templates = (shipped.spec?.templates ?? []) as StepTemplate[];
    for (const { container } of templates) {
      if (!container) continue;
      const others = (container.env ?? []).filter(
        one => !(one.name in settings),
      );
      container.env = [
        ...others,
        ...Object.entries(settings).map(([key, value]) =>
          typeof value === 'string'
            ? { name: key, value }
            : { name: key, valueFrom: value },
        ),
      ];
    }
    const full = `e2e-${name}`;
    await this.remove(full);
    await this.kube.create('workflowtemplates', {
      apiVersion: shipped.apiVersion,
      kind: shipped.kind,
      metadata: { name: full, labels: shipped.metadata.labels },
      spec: shipped.spec,
    });
    this.made.push(full);
    await sleep(UNTIL_ARGO_KNOWS);
    return { workflowTemplateRef: { name: full } };
  }

  /**
   * A Service whose connections are refused: what clients see of one whose pods are gone.
   * @returns its host name inside of the cluster
   */
  async nobodyAt(name: string, port: number): Promise<string> {
    await this.removeService(name);
    await this.kube.request('POST', SERVICE_PATH, {
      body: {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name },
        spec: {
          selector: { 'app.kubernetes.io/name': `nothing-behind-${name}` },
          ports: [{ port, targetPort: port }],
        },
      },
    });
    this.services.push(name);
    return `${name}.${SERVICES}.svc`;
  }

  /** From now on the pods of this name answer there. */
  async putBehind(service: string, pods: string): Promise<void> {
    await this.kube.request('PATCH', `${SERVICE_PATH}/${service}`, {
      body: { spec: { selector: { 'app.kubernetes.io/name': pods } } },
      contentType: 'application/merge-patch+json',
    });
  }

  async clear(): Promise<void> {
    for (const name of this.made.splice(0)) await this.remove(name);
    for (const name of this.services.splice(0)) await this.removeService(name);
  }

  private async remove(name: string): Promise<void> {
    await this.kube.remove('workflowtemplates', name).catch(notFound);
  }

  private async removeService(name: string): Promise<void> {
    await this.kube
      .request('DELETE', `${SERVICE_PATH}/${name}`)
      .catch(notFound);
  }
}

function notFound(error: unknown): void {
  if (!(error instanceof KubeError) || error.code !== 404) throw error;
}
