import type { EgressRecord } from '../exchange';
import { startEgressProxy, type EgressProxy } from '../proxy';
import { createResolver } from '../resolver';
import { parseHostPattern, parseResolveEntry } from '../rules';

export interface TestEgress {
  url: string;
  records: EgressRecord[];
  proxy: EgressProxy;
  close(): Promise<void>;
}

export const TEST_LIMITS = {
  maxResponseBytes: 64 * 1024 * 1024,
  maxTunnelBytes: 256 * 1024 * 1024,
  maxConnections: 256,
  connectTimeoutMs: 3000,
  idleTimeoutMs: 30_000,
  totalTimeoutMs: 60_000,
};

/** The real proxy, with what a test allows. */
export async function startEgress(options: {
  allow?: string[];
  resolve?: string[];
  token?: string;
  allowedPorts?: number[];
  /** What counts as an address of the Internet. */
  isPublic?: (address: string) => boolean;
  limits?: Partial<typeof TEST_LIMITS>;
  resolver?: (host: string) => Promise<string[]>;
}): Promise<TestEgress> {
  const records: EgressRecord[] = [];
  const proxy = await startEgressProxy(
    {
      rules: {
        allowedPorts: options.allowedPorts ?? [80, 443],
        allow: (options.allow ?? []).map(parseHostPattern),
        resolve: (options.resolve ?? []).map(parseResolveEntry),
        isPublic: options.isPublic,
      },
      limits: { ...TEST_LIMITS, ...options.limits },
      token: options.token,
      resolver: options.resolver ?? createResolver(),
      log: record => records.push(record),
    },
    { host: '127.0.0.1', port: 0 },
  );
  return {
    url: `http://127.0.0.1:${proxy.port}`,
    records,
    proxy,
    close: () => proxy.close(),
  };
}
