import { LOOPBACK_HOSTS } from '@agentworkloads/api';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { DatabaseAccess } from './databases';
import type { DemoPage } from './demo-pages';

/** Where the artifacts are: the content of `.agentic/s3.json`. */
export const artifactStoreSchema = z.object({
  endpoint: z.url({ protocol: /^https?$/ }),
  region: z.string().default('us-east-1'),
  accessKey: z.string().min(1),
  secretKey: z.string().min(1),
  bucket: z.string().min(1),
});
export type ArtifactStore = z.infer<typeof artifactStoreSchema>;

export interface PortalSettings {
  port: number;
  /** Names by which it is asked besides localhost. */
  allowHosts?: readonly string[];
  cluster: {
    /** Part of every run's address in the portal. */
    name: string;
    title: string;
    url: string;
    /** Absent: the certificates that Node trusts. */
    caPem?: string;
  };
  /** Of the account that may impersonate: itself, or the file that keeps it fresh. */
  portalToken: { token: string } | { tokenFile: string };
  /** Of the Kubernetes plugin's account. */
  readerToken: string;
  /** Absent: the portal says that it has no object storage. */
  artifacts?: ArtifactStore;
  database: DatabaseAccess;
  /** Of the invented competitors, where they are served; absent where they are not. */
  demoPages?: readonly DemoPage[];
  /** Whom the portal asks before a launch, where this machine has them. */
  checks?: { operator: string; egressProxy: { url: string; token: string } };
  /** Private places that runs may visit, as the egress proxy is told. */
  egressAllow?: readonly string[];
}

/** The second configuration file of the portal: what is only so on this machine. Holds tokens and a password. */
export function portalConfig(settings: PortalSettings): string {
  const { port, artifacts, checks, demoPages, egressAllow } = settings;
  const { name, title, url, caPem } = settings.cluster;
  const origin = `http://localhost:${port}`;
  const cluster = {
    name,
    title,
    url,
    ...(caPem ? { caData: Buffer.from(caPem).toString('base64') } : {}),
  };
  return stringify({
    app: { baseUrl: origin },
    backend: {
      baseUrl: origin,
      listen: { host: '127.0.0.1', port },
      cors: { origin },
      allowedHosts: [...LOOPBACK_HOSTS, ...(settings.allowHosts ?? [])],
      database: { connection: settings.database },
    },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              ...cluster,
              authProvider: 'serviceAccount',
              serviceAccountToken: settings.readerToken,
              skipMetricsLookup: true,
            },
          ],
        },
      ],
    },
    agentWorkloads: {
      clusters: [{ ...cluster, ...settings.portalToken }],
      ...(artifacts ? { artifacts } : {}),
      ...(checks
        ? {
            checks: {
              operators: [{ cluster: name, url: checks.operator }],
              egressProxy: checks.egressProxy,
            },
          }
        : {}),
      ...(demoPages ? { demo: { pages: demoPages } } : {}),
      ...(egressAllow?.length ? { egress: { allow: egressAllow } } : {}),
    },
  });
}
