import { bareHost, portOf, type HostRules } from '@agentworkloads/api';
import { createEgressClient, type EgressClient } from './egress-client';
import { visitCredential } from './visit-credential';

/** The ways out of one visit: for the browser and for requests of our own, by one credential. */
export interface VisitEgress {
  client: EgressClient;
  /** For the browser context of the visit; undefined only in tests. */
  proxy: { server: string; username?: string; password?: string } | undefined;
}

export interface VisitEgressOptions {
  proxyUrl?: string;
  /** The proxy's token; else the password in `proxyUrl`. */
  proxyToken?: string;
  /** Workflow uid, for the proxy's log. */
  run: string;
  rules: Pick<HostRules, 'deny'>;
}

/** @returns the egress of a visit, given the URL of its target */
export function createVisitEgress(
  options: VisitEgressOptions,
): (target: string) => VisitEgress {
  const proxy = options.proxyUrl ? new URL(options.proxyUrl) : undefined;
  const token =
    options.proxyToken ?? (proxy && decodeURIComponent(proxy.password));
  return target => {
    const credential = token
      ? visitCredential(
          {
            run: options.run,
            target: hostAndPort(target),
            deny: options.rules.deny,
          },
          token,
        )
      : undefined;
    return {
      client: createEgressClient({
        proxyUrl: options.proxyUrl,
        proxyCredential: credential,
      }),
      proxy: proxy && {
        server: `${proxy.protocol}//${proxy.host}`,
        ...credential,
      },
    };
  };
}

function hostAndPort(target: string): string {
  const url = new URL(target);
  const host = bareHost(url.hostname);
  return `${host.includes(':') ? `[${host}]` : host}:${portOf(url)}`;
}
