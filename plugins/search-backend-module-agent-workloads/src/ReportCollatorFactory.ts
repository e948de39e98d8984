import { Readable } from 'node:stream';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { agentWorkloadSchema } from '@agentworkloads/api';
import { reportFindPermission } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type {
  AgentWorkloadsClusters,
  Cluster,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { RESOURCES } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import type { DocumentCollatorFactory } from '@backstage/plugin-search-common';
import { toDocument, type ReportDocument } from './toDocument';

const PAGE = 500;

/** Reads the clusters as the portal's account does; who finds what of it, `visibilityPermission` says at each search. */
export class ReportCollatorFactory implements DocumentCollatorFactory {
  readonly type = 'competitor-report';
  readonly visibilityPermission = reportFindPermission;

  constructor(
    private readonly clusters: Pick<AgentWorkloadsClusters, 'list'>,
    private readonly logger: LoggerService,
  ) {}

  async getCollator(): Promise<Readable> {
    return Readable.from(this.documents());
  }

  /** @throws where a cluster can't be read: the index of before is kept then */
  private async *documents(): AsyncGenerator<ReportDocument> {
    let count = 0;
    for (const cluster of this.clusters.list()) {
      for (const namespace of cluster.namespaces ?? ['']) {
        for await (const document of documentsIn(cluster, namespace)) {
          count += 1;
          yield document;
        }
      }
    }
    this.logger.debug(`${count} reports are indexed`);
  }
}

async function* documentsIn(
  { client, name }: Cluster,
  namespace: string,
): AsyncGenerator<ReportDocument> {
  const source = client.listWatch(RESOURCES.workloads, namespace);
  // A cluster that hangs must not hold the index for ever.
  const signal = AbortSignal.timeout(60_000);
  let continueToken: string | undefined;
  do {
    const page = await source.list({ limit: PAGE, continueToken, signal });
    for (const item of page.items) {
      // One that can't be read is no report; the Runs page says what is wrong with it.
      const parsed = agentWorkloadSchema.safeParse(item);
      const document = parsed.success && toDocument(name, parsed.data);
      if (document) yield document;
    }
    continueToken = page.continue;
  } while (continueToken);
}
