import { stringify } from 'yaml';
import type { Credentials } from './credentials';
import { BUCKET, S3_REGION } from './manifests';
import type { Ports } from './ports';

export interface PortalSettings {
  ports: Ports;
  credentials: Credentials;
  portalToken: string;
  readerToken: string;
  kubeUrl: string;
  caPem: string;
  databaseFolder: string;
}

/** The second configuration file of the portal: what is only so on this machine. Holds tokens. */
export function portalConfig(settings: PortalSettings): string {
  const { ports, credentials, kubeUrl } = settings;
  const origin = `http://localhost:${ports.portal}`;
  const caData = Buffer.from(settings.caPem).toString('base64');
  return stringify({
    app: { baseUrl: origin },
    backend: {
      baseUrl: origin,
      listen: { host: '127.0.0.1', port: ports.portal },
      cors: { origin },
      database: {
        client: 'better-sqlite3',
        connection: { directory: settings.databaseFolder },
      },
    },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: 'local',
              title: 'This machine',
              url: kubeUrl,
              authProvider: 'serviceAccount',
              serviceAccountToken: settings.readerToken,
              caData,
              skipMetricsLookup: true,
            },
          ],
        },
      ],
    },
    agentWorkloads: {
      clusters: [
        {
          name: 'local',
          title: 'This machine',
          url: kubeUrl,
          token: settings.portalToken,
          caData,
        },
      ],
      artifacts: {
        endpoint: `http://127.0.0.1:${ports.s3}`,
        region: S3_REGION,
        bucket: BUCKET,
        accessKey: credentials.s3AccessKey,
        secretKey: credentials.s3SecretKey,
      },
    },
  });
}
