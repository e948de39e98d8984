import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** Whom a check before a run may ask; what is absent is not asked, and told as not checked. */
export interface CheckSettings {
  /** Where the operator of a cluster says what policy would: base URL by name of the cluster. */
  operators: ReadonlyMap<string, string>;
  /** Of these, those that are no cluster of the portal's. */
  misnamed: readonly string[];
  /** The only way to a site. */
  egressProxy?: { url: string; token: string };
}

const SECTION = 'agentWorkloads.checks';

/** @throws InputError that names the key */
function baseUrl(config: Config, key: string): string {
  const text = config.getString(key);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isBase =
    url &&
    /^https?:$/.test(url.protocol) &&
    url.pathname === '/' &&
    !url.search &&
    !url.username;
  if (!isBase) {
    throw new InputError(
      `${SECTION}: "${key}" must be a base URL such as http://egress-proxy:3128, without a user name and a path`,
    );
  }
  return url.origin;
}

/**
 * @param clusters names of the portal's clusters
 * @throws InputError that names what to mend
 */
export function readCheckSettings(
  root: Config,
  clusters: readonly string[],
): CheckSettings {
  const config = root.getOptionalConfig(SECTION);
  const operators = config?.getOptionalConfigArray('operators') ?? [];
  const proxy = config?.getOptionalConfig('egressProxy');
  const bases = new Map(
    operators.map(one => [one.getString('cluster'), baseUrl(one, 'url')]),
  );
  return {
    operators: bases,
    misnamed: [...bases.keys()].filter(name => !clusters.includes(name)),
    ...(proxy
      ? {
          egressProxy: {
            url: baseUrl(proxy, 'url'),
            token: proxy.getString('token'),
          },
        }
      : {}),
  };
}
