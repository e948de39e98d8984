import type { ConfigApi } from '@backstage/frontend-plugin-api';
import { demoPages } from './demo';

/** `host:port` of an address, with the port that its scheme has anyway; undefined when it is none. */
function hostPortOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { hostname, port, protocol } = new URL(address);
  const own = protocol === 'http:' ? '80' : '443';
  return `${hostname.toLowerCase()}:${port || own}`;
}

/**
 * Which private addresses runs may visit, as far as the portal was told: `agentWorkloads.egress.allow`, written like the egress proxy's own
 * list, and the pages of a demo. The proxy alone decides.
 */
export function allowedPrivateHosts(
  config: ConfigApi,
): (address: string) => boolean {
  const demo = demoPages(config).map(({ url }) => hostPortOf(url));
  const told =
    config.getOptionalStringArray('agentWorkloads.egress.allow') ?? [];
  const patterns = [...demo, ...told.map(one => one.trim().toLowerCase())];
  return address => {
    const hostPort = hostPortOf(address);
    return (
      hostPort !== undefined &&
      patterns.some(pattern =>
        pattern?.startsWith('*.')
          ? hostPort.endsWith(pattern.slice(1)) &&
            hostPort.length > pattern.length - 1
          : hostPort === pattern,
      )
    );
  };
}
