import { chromium, type Browser } from '@playwright/test';
import { SYSTEM, type Cluster } from '../harness/cluster';

/** A portal that is in the cluster, behind its Service. */

/** The node's own address, where pods and the browser find what the test starts. */
export const NODE = '10.245.0.1';
/** Below localhost a browser trusts pages without a certificate; the kit has no ingress controller with one. */
export const HOST = 'portal.localhost';
export const PORTAL = `http://${HOST}`;
/** Of the Service, and of what belongs to it. */
export const NAME = 'agentworkloads-portal';

/** A browser that finds the portal's Service where `PORTAL` is. */
export async function browserFor(cluster: Cluster): Promise<Browser> {
  const { spec } = await cluster.kube.get('services', NAME, SYSTEM);
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH,
    args: [
      '--no-sandbox',
      `--host-resolver-rules=MAP ${HOST} ${String(spec?.clusterIP)}`,
    ],
  });
}
